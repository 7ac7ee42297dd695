"""A folder, a title, an address -> the folder of a new show, ready for its first article."""

import json
import re
import shutil
from pathlib import Path

from newscast.errors import ShowError
from newscast.files import resource
from newscast.publish.store import slugify
from newscast.show import parse, podcast_guid
from newscast.starter.artwork import draw_cover


def begin(folder: Path, title: str, url: str) -> Path:
    """Write show.toml, a cover, jingles and an inbox, after our example. Returns show.toml's path.

    The podcast:guid is computed here, once, and then belongs to the show. Raises ShowError.
    """
    path = folder / "show.toml"
    if path.exists():
        raise ShowError(f"there is a show already: {path}", f"newscast check --show {path}")
    example = resource("examples")
    text = (example / "show.toml").read_text("utf-8")
    id = slugify(title)
    values = {
        "id": id,
        "title": title,
        "url": url,
        "author": title,
        "email": "",
        "copyright": "",
        "output": "output",
        "guid": podcast_guid(url.rstrip("/") + "/feed.xml"),
    }
    for key, value in values.items():
        # A JSON string is a TOML string too; backslashes are doubled for the template of re.sub.
        line = f"{key} = {json.dumps(value, ensure_ascii=False)}".replace("\\", r"\\")
        text = re.sub(rf'^{key} = "[^"]*"', line, text, count=1, flags=re.MULTILINE)
    text = text.replace("# where output/kabar-ringkas/", f"# where output/{id}/")
    try:
        parse(text.encode(), path)
    except ShowError as error:
        wrong = error.message.removeprefix(f"{path}: ")
        raise ShowError(f"no show was begun: {wrong}", "newscast init --help") from error
    try:
        (folder / "inbox").mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
        (folder / "cover.jpg").write_bytes(draw_cover(title))
        for name in ("intro.mp3", "outro.mp3"):
            shutil.copyfile(example / name, folder / name)
    except OSError as error:
        raise ShowError(f"{error.filename or folder} cannot be written: {error.strerror}") from error
    return path
