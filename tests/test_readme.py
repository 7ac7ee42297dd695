"""README.md tells of what is there."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text("utf-8")


def test_every_variable_that_is_read_is_named() -> None:
    sources = "".join(path.read_text("utf-8") for path in (ROOT / "src").rglob("*.py"))
    read = set(re.findall(r"\"((?:NEWSCAST|XDG|OMP|AWS)_[A-Z_]+)\"", sources))
    assert {"NEWSCAST_DATA", "NEWSCAST_DEBUG", "OMP_NUM_THREADS"} <= read
    assert not [name for name in read if name not in README]


def test_every_file_that_is_named_is_there() -> None:
    named = re.findall(r"(?<![\w/.<>*])((?:docs|examples|voices|\.ci)/[\w./-]+\w|[A-Z]+\.md)", README)
    assert named
    assert not [name for name in named if not (ROOT / name).exists()]
