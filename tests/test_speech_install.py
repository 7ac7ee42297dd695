"""Installing a voice from a server of ours on loopback, on good days and bad ones."""

import hashlib
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from loopback import HTML, Handler, Server, serving
from msgspec.structs import replace

from newscast.errors import VoiceError
from newscast.retry import RetryPolicy
from newscast.speech.install import install
from newscast.speech.voices import Voice, VoiceFile, builtin_folder, is_installed, load, missing_files, shelf

MODEL = random.Random(1).randbytes(300_000)
CONFIG = b'{"sample_rate": 22050}'
BODIES = {"/model.onnx": MODEL, "/model.json": CONFIG}
HASTY = RetryPolicy(timeout=1.5, attempts=3, wait=0.01)


class Shop(Handler):
    """Sells two files. asked: path and Range of each request."""

    def do_GET(self) -> None:  # noqa: N802
        self.server.asked.append((self.path, self.headers.get("Range")))
        getattr(self, self.day())(BODIES[self.path])

    def ok(self, body: bytes) -> None:
        start = int((self.headers.get("Range") or "bytes=0-")[6:-1])
        if start:
            place = f"bytes {start}-{len(body) - 1}/{len(body)}"
            self.reply(206, body[start:], Content_Range=place)
        else:
            self.reply(200, body)

    def rangeless(self, body: bytes) -> None:
        self.reply(200, body)

    def elsewhere(self, body: bytes) -> None:
        self.reply(206, body[7:], Content_Range=f"bytes 7-{len(body) - 1}/{len(body)}")

    def unsatisfiable(self, body: bytes) -> None:
        self.reply(416, b"")

    def dropped(self, body: bytes) -> None:
        self.reply(200, body[:200_000], Content_Length=str(len(body)))
        self.close_connection = True

    def stuck(self, body: bytes) -> None:
        self.reply(200, body[:200_000], Content_Length=str(len(body)))
        self.stalled(body)

    def other(self, body: bytes) -> None:
        self.reply(200, bytes(len(body)))

    def longer(self, body: bytes) -> None:
        self.reply(200, body + b"!")

    def endless(self, body: bytes) -> None:
        self.send_response(200)
        self.end_headers()
        self.close_connection = True
        self.wfile.write(body * 9)

    def shorter(self, body: bytes) -> None:
        self.reply(200, body[:-1])

    def cut(self, body: bytes) -> None:
        self.send_response(200)
        self.end_headers()
        self.close_connection = True
        self.wfile.write(body[:200_000])

    def page(self, body: bytes) -> None:
        self.reply(200, HTML, Content_Type="text/html; charset=utf-8")

    def unavailable(self, body: bytes) -> None:
        self.reply(503, HTML)

    def gone(self, body: bytes) -> None:
        self.reply(404, HTML)

    def moved(self, body: bytes) -> None:
        self.reply(302, b"", Location=self.path)

    def moved_away(self, body: bytes) -> None:
        self.reply(302, b"", Location="ftp://127.0.0.1/model.onnx")


@pytest.fixture
def server() -> Iterator[Server]:
    with serving(Shop) as server:
        yield server


@pytest.fixture(autouse=True)
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the voice's files go."""
    monkeypatch.setenv("NEWSCAST_DATA", str(tmp_path / "data"))
    return tmp_path / "data/voices/id_ID-tes"


@pytest.fixture
def voice(server: Server, tmp_path: Path) -> Voice:
    files = tuple(
        VoiceFile(
            name=path[1:],
            sha256=hashlib.sha256(body).hexdigest(),
            size=len(body),
            url=server.address + path,
        )
        for path, body in BODIES.items()
    )
    folder = tmp_path / "shelf/id_ID-tes"
    folder.mkdir(parents=True)
    return Voice(id="id_ID-tes", name="Tes", engine="fakes:Tone", license="none", files=files, folder=folder)


def alone(voice: Voice) -> Voice:
    """The voice as if the model were its only file."""
    return replace(voice, files=voice.files[:1])


def whole(data: Path) -> bool:
    return (data / "model.onnx").read_bytes() == MODEL and not list(data.glob("*.part"))


def test_a_voice_is_fetched_whole_and_only_once(server: Server, voice: Voice, data: Path) -> None:
    seen: list[tuple[int, int]] = []
    assert not is_installed(voice)
    assert missing_files(voice) == voice.files
    install(voice, lambda there, total: seen.append((there, total)))
    assert is_installed(voice)
    assert whole(data)
    assert [voice.read(file) for file in voice.files] == [MODEL, CONFIG]
    assert seen == sorted(seen)
    assert len(seen) > 4
    assert seen[-1] == (len(MODEL) + len(CONFIG),) * 2
    assert server.asked == [("/model.onnx", None), ("/model.json", None)]
    install(voice, lambda there, total: pytest.fail("nothing is missing"))
    assert len(server.asked) == 2


@pytest.mark.parametrize(
    ("days", "ranges"),
    [
        (["dropped"], [None, "bytes=200000-"]),
        (["dropped", "rangeless"], [None, "bytes=200000-"]),
        (["cut"], [None, "bytes=200000-"]),
        (["stuck"], [None, "bytes=200000-"]),
        (["dropped", "unsatisfiable"], [None, "bytes=200000-", None]),
        (["dropped", "elsewhere"], [None, "bytes=200000-", None]),
        (["dropped", "unavailable"], [None, "bytes=200000-", "bytes=200000-"]),
        (["unavailable", "too_many"], [None, None, None]),
        (["stalled"], [None, None]),
        (["moved"], [None, None]),
    ],
)
def test_a_bad_day_passes(
    server: Server, voice: Voice, data: Path, days: list[str], ranges: list[str | None]
) -> None:
    server.days = days
    install(alone(voice), policy=HASTY)
    assert whole(data)
    assert [asked for _, asked in server.asked] == ranges


@pytest.mark.parametrize(
    ("day", "asked", "problem"),
    [
        ("longer", 1, "it has 300,001 bytes, not the 300,000 of its card"),
        ("endless", 1, "it is longer than the 300,000 bytes of its card"),
        ("shorter", 1, "it has 299,999 bytes, not the 300,000 of its card"),
        ("page", 1, "a web page in place of the file"),
        ("html", 1, "a web page in place of the file"),
        ("gone", 1, "404 Not Found"),
        ("too_many_for_an_hour", 1, "429 Too Many Requests"),
        ("moved_away", 1, "ftp"),
        ("moved", 21, "redirects"),
        ("unavailable", 3, "503 Service Unavailable"),
        ("stalled", 3, r"no answer in 1\.5 s"),
    ],
)
def test_a_lasting_refusal_is_one_clear_error(
    server: Server, voice: Voice, data: Path, day: str, asked: int, problem: str
) -> None:
    server.days = [day] * 30
    with pytest.raises(VoiceError, match=problem) as refused:
        install(alone(voice), policy=HASTY)
    assert refused.value.hint.startswith("newscast voices install id_ID-tes, later")
    assert f"{server.address}/model.onnx: " in refused.value.message
    assert len(server.asked) == asked
    assert not is_installed(voice)
    assert not (data / "model.onnx").exists()


def test_no_network_is_one_clear_error(voice: Voice) -> None:
    file = replace(voice.files[0], url="http://127.0.0.1:9/model.onnx")
    with pytest.raises(VoiceError, match="Connection refused"):
        install(replace(voice, files=(file,)), policy=HASTY)


def test_what_came_is_gone_on_from_next_time(server: Server, voice: Voice, data: Path) -> None:
    server.days = ["stuck", "stalled", "stalled"]
    with pytest.raises(VoiceError, match="no answer"):
        install(alone(voice), policy=HASTY)
    seen: list[int] = []
    install(alone(voice), lambda there, total: seen.append(there), policy=HASTY)
    assert whole(data)
    assert server.asked[-1] == ("/model.onnx", "bytes=200000-")
    assert seen[0] > 200_000


# --- hashes


def test_another_file_is_refused_with_both_hashes(server: Server, voice: Voice, data: Path) -> None:
    server.days = ["other"]
    with pytest.raises(VoiceError, match="sha256") as refused:
        install(alone(voice), policy=HASTY)
    for body in (MODEL, bytes(len(MODEL))):
        assert hashlib.sha256(body).hexdigest() in refused.value.message
    assert len(server.asked) == 1
    assert [path.name for path in data.iterdir()] == [".lock"]


def test_an_md5_will_do_where_nothing_better_is_known(server: Server, voice: Voice, data: Path) -> None:
    file = replace(voice.files[0], sha256="", md5=hashlib.md5(MODEL).hexdigest())
    server.days = ["other"]
    with pytest.raises(VoiceError, match=f"its md5 is {hashlib.md5(bytes(len(MODEL))).hexdigest()}"):
        install(replace(voice, files=(file,)), policy=HASTY)
    install(replace(voice, files=(file,)), policy=HASTY)
    assert replace(voice, files=(file,)).read(file) == MODEL
    (data / "model.onnx").write_bytes(bytes(len(MODEL)))
    with pytest.raises(VoiceError, match="md5 differs"):
        voice.read(file)


@pytest.mark.parametrize("part", [b"of an older version", bytes(len(MODEL)), bytes(len(MODEL) + 1)])
def test_a_spoilt_part_is_fetched_anew(server: Server, voice: Voice, data: Path, part: bytes) -> None:
    data.mkdir(parents=True)
    (data / "model.onnx.part").write_bytes(part)
    install(alone(voice), policy=HASTY)
    assert whole(data)
    assert server.asked[-1] == ("/model.onnx", None)


def test_a_rotten_file_is_refused_and_fetched_anew(server: Server, voice: Voice, data: Path) -> None:
    install(voice)
    (data / "model.onnx").write_bytes(bytes(len(MODEL)))
    assert is_installed(voice)  # as far as a list of voices looks
    with pytest.raises(VoiceError, match="sha256 differs") as refused:
        voice.read(voice.files[0])
    assert refused.value.hint == "newscast voices install id_ID-tes"
    install(voice)
    assert whole(data)
    assert len(server.asked) == 3


# --- the disk


def test_a_kill_half_way_loses_nothing(server: Server, voice: Voice, data: Path) -> None:
    server.days = ["stuck"]
    script = "import msgspec, sys; from newscast.speech import install as i, voices as v\n"
    script += "i.install(v.shelf(v.Path(sys.argv[1]))['id_ID-tes'])"
    tables = [
        f'[[files]]\nname = "{f.name}"\nsha256 = "{f.sha256}"\nsize = {f.size}\nurl = "{f.url}"\n'
        for f in voice.files
    ]
    card = 'id = "id_ID-tes"\nname = "Tes"\nengine = "fakes:Tone"\nlicense = "none"\n'
    (voice.folder / "voice.toml").write_text(card + "".join(tables), "utf-8")
    part = data / "model.onnx.part"
    with subprocess.Popen([sys.executable, "-c", script, voice.folder.parent]) as process:
        deadline = time.monotonic() + 50
        while not (part.exists() and part.stat().st_size == 200_000):
            assert time.monotonic() < deadline
            time.sleep(0.01)
        process.send_signal(signal.SIGKILL)
    assert not is_installed(voice)
    install(shelf(voice.folder.parent)["id_ID-tes"], policy=HASTY)
    assert whole(data)
    assert server.asked[1] == ("/model.onnx", "bytes=200000-")


@pytest.fixture
def commoner() -> Iterator[None]:
    """Nobody in particular: root may write everywhere."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(65_534)
    yield
    os.seteuid(0)


def test_a_folder_that_cannot_be_written_is_named(voice: Voice, commoner: None) -> None:
    with pytest.raises(VoiceError, match="cannot be written: Permission denied") as refused:
        install(voice, policy=HASTY)
    assert "NEWSCAST_DATA" in refused.value.hint


def test_a_full_disk_is_named(server: Server, voice: Voice, data: Path) -> None:
    data.mkdir(parents=True)
    (data / "model.onnx.part").symlink_to("/dev/full")
    with pytest.raises(VoiceError, match=r"model\.onnx\.part cannot be written: No space left") as refused:
        install(alone(voice), policy=HASTY)
    assert "NEWSCAST_DATA" in refused.value.hint


def test_two_at_once_do_the_work_of_one(server: Server, voice: Voice, data: Path) -> None:
    server.days = ["stuck"]  # so that the second is there before the first is done
    with ThreadPoolExecutor(2) as pool:
        for future in [pool.submit(install, voice, policy=HASTY) for _ in range(2)]:
            future.result()
    assert whole(data)
    assert [path for path, _ in server.asked] == ["/model.onnx", "/model.onnx", "/model.json"]


# --- where files are


def test_a_file_beside_the_card_comes_first(server: Server, voice: Voice) -> None:
    (voice.folder / "model.onnx").write_bytes(MODEL)
    assert voice.path(voice.files[0]) == voice.folder / "model.onnx"
    assert missing_files(voice) == voice.files[1:]
    install(voice)
    assert is_installed(voice)
    assert server.asked == [("/model.json", None)]
    (voice.folder / "model.onnx").write_bytes(b"half of it")
    install(voice)
    assert voice.read(voice.files[0]) == MODEL


def test_a_voice_that_is_not_installed_says_how(voice: Voice) -> None:
    with pytest.raises(VoiceError, match="id_ID-tes is not installed") as refused:
        load(replace(voice, engine="kokoro", options={"style": "model.onnx"}))
    assert refused.value.hint == "newscast voices install id_ID-tes"
    assert refused.value.message.count("model.onnx") == 1


def test_a_file_without_an_address_cannot_be_installed(server: Server, voice: Voice) -> None:
    file = replace(voice.files[1], url="")
    with pytest.raises(VoiceError, match=r"model\.json is missing or wrong, and its card has no url"):
        install(replace(voice, files=(voice.files[0], file)))
    assert server.asked == []


def test_files_live_in_the_users_data(voice: Voice, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("NEWSCAST_DATA")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "share"))
    assert voice.path(voice.files[0]) == tmp_path / "share/newscast/voices/id_ID-tes/model.onnx"
    monkeypatch.delenv("XDG_DATA_HOME")
    monkeypatch.setenv("HOME", str(tmp_path))
    assert voice.path(voice.files[0]) == tmp_path / ".local/share/newscast/voices/id_ID-tes/model.onnx"


def test_a_voice_without_its_extra_is_not_installed(voice: Voice, monkeypatch: pytest.MonkeyPatch) -> None:
    edge = replace(voice, engine="edge", files=())
    assert is_installed(edge)
    monkeypatch.setitem(sys.modules, "edge_tts", None)
    assert not is_installed(edge)


# --- files that voices share, and files that packages bring


def test_what_two_voices_share_is_fetched_once(server: Server, voice: Voice, tmp_path: Path) -> None:
    shared = tuple(replace(file, share="model-3") for file in voice.files)
    for id in ("id_ID-tes", "id_ID-lain"):
        one = replace(voice, id=id, files=shared)
        install(one, policy=HASTY)
        assert is_installed(one) and one.read(one.files[0]) == MODEL
    assert [path for path, _ in server.asked] == ["/model.onnx", "/model.json"]
    assert sorted(path.name for path in tmp_path.rglob("model.onnx")) == ["model.onnx"]
    # Another card's file of that name is another file, and neither is taken for the other.
    other = replace(shared[0], sha256="0" * 64)
    with pytest.raises(VoiceError, match="sha256 differs"):
        one.read(other)


@pytest.fixture
def packaged(voice: Voice, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Voice:
    """The voice with a model that two packages bring, a part each."""
    monkeypatch.syspath_prepend(str(tmp_path / "site"))
    for name, part in (("bagian_1", MODEL[:100_000]), ("bagian_2", MODEL[100_000:])):
        package = tmp_path / "site" / name
        package.mkdir(parents=True)
        (package / "__init__.py").touch()
        (package / "part.bin").write_bytes(part)
    return replace(voice, files=(replace(voice.files[0], packages=("bagian_1", "bagian_2")),))


def test_what_packages_bring_is_not_fetched(server: Server, packaged: Voice) -> None:
    assert is_installed(packaged)
    assert packaged.read(packaged.files[0]) == MODEL
    install(packaged, policy=HASTY)
    assert server.asked == []


@pytest.mark.parametrize("spoil", ["absent", "shorter", "other"])
def test_where_packages_bring_it_not_it_is_fetched(
    server: Server, packaged: Voice, tmp_path: Path, spoil: str
) -> None:
    part = tmp_path / "site/bagian_2/part.bin"
    if spoil == "absent":
        part.unlink()
    else:
        part.write_bytes(bytes(part.stat().st_size - (spoil == "shorter")))
    with pytest.raises(VoiceError, match=r"is not installed|differs") as refused:
        packaged.read(packaged.files[0])
    assert refused.value.hint == "newscast voices install id_ID-tes"
    install(packaged, policy=HASTY)
    assert is_installed(packaged) and packaged.read(packaged.files[0]) == MODEL
    assert len(server.asked) == 1


def test_the_default_voice_can_be_had_without_the_packages(tmp_path: Path) -> None:
    """From upstream's release: the very bytes that the packages bring."""
    sari = shelf(builtin_folder())["id_ID-sari"]
    (model,) = (file for file in sari.files if file.url)
    assert model.url.endswith("/model-files-v1.0/kokoro-v1.0.int8.onnx") and model.size == 92_361_271
    (tmp_path / model.name).write_bytes(sari.read(model))
    (tmp_path / "style.f16").write_bytes(sari.read(sari.file("style.f16")))
    files = tuple(replace(file, packages=("no_such_package",) * bool(file.url)) for file in sari.files)
    assert load(replace(sari, folder=tmp_path, files=files))
