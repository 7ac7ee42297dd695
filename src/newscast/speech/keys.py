"""Name of an environment variable, address -> the key that may go there; and no key in what is told.

A voice's card names both, and a card may come from a stranger: so a key is taken only from variables that
are for keys, and sent only to where its owner said once that it may go (`newscast voices confirm`).
"""

import json
import os
import re
from pathlib import Path
from urllib.parse import unquote, urlsplit

from newscast.errors import VoiceError
from newscast.files import write_whole
from newscast.speech.voices import data_folder

#: Variables that are for keys; nothing else of the environment is a card's to send.
KEY_NAME = r"^([A-Z][A-Z0-9_]*_API_KEY|NEWSCAST_[A-Z0-9_]+)\Z"
_CONFIRMED = "NEWSCAST_CONFIRMED"  # NAME=ORIGIN NAME=ORIGIN, for machines that nobody logs in to
_TELLING = 4  # characters of a key in a row that tell something of it
_ESCAPED = re.compile(r"\\u([0-9a-fA-F]{4})")


def key_for(name: str, address: str, id: str) -> str:
    """The key in a variable, "" if there is none. id: of the voice whose card wants it sent there.

    Raises VoiceError if it holds no key, or if its owner never said that it may go to that address.
    """
    key = os.environ.get(name, "").strip()
    if any(not "!" <= sign <= "~" for sign in key):  # httpx would print it in its complaint
        raise VoiceError(
            f"{name} holds no key: there are spaces or foreign letters in it", f"export {name}=…"
        )
    if key and f"{name}={origin(address)}" not in _confirmed():
        raise VoiceError(
            f"voice {id} wants the key in {name} sent to {origin(address)}, which nobody has confirmed",
            f"newscast voices confirm {id}, if you know that server",
        )
    return key


def confirm(name: str, address: str) -> None:
    """Keep that the key in a variable may go to an address. Raises PublishError if the disk refuses."""
    known = sorted(_kept() | {f"{name}={origin(address)}"})
    write_whole(_path_of_kept(), json.dumps(known, indent=1).encode())


def origin(address: str) -> str:
    """Scheme, host and port of an address: who gets what is sent there."""
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}".lower()


def mask(text: str, key: str) -> str:
    """A text without the key, nor any telling part of it, however it is escaped; "" if that cannot be had."""
    plain = unquote(_ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)).replace("\\/", "/")
    masked, at = "", 0
    while at < len(plain):
        run = _longest_of(key, plain, at)
        masked += "…" if run else plain[at]
        at += run or 1
    squeezed, secret = (re.sub(r"\W|_", "", part) for part in (masked, key))
    parts = (secret[i : i + 2 * _TELLING] for i in range(max(1, len(secret) - 2 * _TELLING + 1)))
    return "" if key and any(part and part in squeezed for part in parts) else masked


def _longest_of(key: str, text: str, at: int) -> int:
    """How many characters of the key stand in a row there, 0 if too few to tell anything."""
    run = 0
    while at + run < len(text) and text[at : at + run + 1] in key:
        run += 1
    return run if run >= min(_TELLING, len(key) or 1) else 0


def _confirmed() -> set[str]:
    return _kept() | set(os.environ.get(_CONFIRMED, "").split())


def _kept() -> set[str]:
    try:
        return set(json.loads(_path_of_kept().read_bytes()))
    except (OSError, ValueError, TypeError):
        return set()  # nothing that can be read is nothing that was said


def _path_of_kept() -> Path:
    return data_folder() / "confirmed.json"
