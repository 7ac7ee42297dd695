"""The house rules a reader counts on: who may import whom, how long things are, what a docstring says."""

import ast
import gc
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

import newscast

PACKAGE = Path(newscast.__file__).parent
ROOMS = ("articles", "text", "speech", "audio", "publish")
FOUNDATIONS = ("model", "show", "tables", "errors", "calendar", "files", "plain", "pictures", "retry")
#: Each may import what stands behind it, the rooms and the foundations; never what stands before it.
CORRIDORS = (
    "cli",
    "nightly",
    "planning",
    "editing",
    "bulletins",
    "build",
    "auditions",
    "checking",
    "proof",
    "pipeline",
    "memory",
    "starter",
)
MODULES = sorted(PACKAGE.rglob("*.py"))
PUBLIC = [path for path in MODULES if path.name != "__init__.py"]
MAX_MODULE_LINES = 330
MAX_FUNCTION_LINES = 45


@cache
def parsed(path: Path) -> ast.Module:
    """A module's syntax. Whatever listens to the garbage collector, as hypothesis does, may make Python 3.11
    lose count of its depth while it parses (SystemError), so that nothing is collected meanwhile."""
    gc.disable()
    try:
        return ast.parse(path.read_text("utf-8"))
    finally:
        gc.enable()


def name(path: Path) -> str:
    return str(path.relative_to(PACKAGE))


def imported(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are absolute"
            yield node.module or ""
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def ours(path: Path) -> set[str]:
    """The modules of newscast that a module names, without "newscast."."""
    named = imported(parsed(path))
    return {i.removeprefix("newscast.") for i in named if i.startswith("newscast.")}


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_imports_go_one_way(path: Path) -> None:
    place = path.relative_to(PACKAGE).parts[0].removesuffix(".py")
    places = {module.split(".")[0] for module in ours(path)} - {place}
    if place in FOUNDATIONS:
        assert places <= set(FOUNDATIONS)
    elif place in ROOMS:
        assert places <= set(FOUNDATIONS), f"{name(path)} reaches out of its room"
    elif place in CORRIDORS:
        behind = CORRIDORS[CORRIDORS.index(place) + 1 :]
        assert places <= {*FOUNDATIONS, *ROOMS, *behind}, f"{name(path)} is imported from below"
    else:
        assert path.name == "__init__.py", f"{name(path)} is no foundation, room or corridor"


def test_families_form_no_circle() -> None:
    """Folders inside a room import each other one way, as modules do."""
    arrows: dict[str, set[str]] = {}
    for path in MODULES:
        here = ".".join(path.relative_to(PACKAGE).parent.parts)
        for module in ours(path):
            target = PACKAGE.joinpath(*module.split("."))
            if target.with_suffix(".py").is_file():
                there = module.rpartition(".")[0]
                # A way in may call the families below it, and they the plain things beside it.
                if there != here and here.count(".") == there.count(".") == 1:
                    arrows.setdefault(here, set()).add(there)
    while arrows:
        ready = {family for family, needs in arrows.items() if not needs & arrows.keys()}
        assert ready, f"a circle among {sorted(arrows)}"
        arrows = {family: needs for family, needs in arrows.items() if family not in ready}


def test_no_module_is_in_a_circle() -> None:
    """Modules, by what they import anywhere in them, form no circle."""
    modules = {".".join(p.relative_to(PACKAGE).with_suffix("").parts): p for p in PUBLIC}
    waits = {m: {o for o in ours(p) if o in modules} - {m} for m, p in modules.items()}
    while waits:
        ready = {m for m, needs in waits.items() if not needs & waits.keys()}
        assert ready, f"a circle among {sorted(waits)}"
        waits = {m: needs for m, needs in waits.items() if m not in ready}


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_modules_and_functions_stay_small(path: Path) -> None:
    assert len(path.read_text("utf-8").splitlines()) <= MAX_MODULE_LINES
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            assert node.end_lineno is not None
            assert node.end_lineno - node.lineno < MAX_FUNCTION_LINES, f"{node.name} is too long"


@pytest.mark.parametrize("path", PUBLIC, ids=name)
def test_every_public_thing_says_what_it_is(path: Path) -> None:
    tree = parsed(path)
    first = (ast.get_docstring(tree) or "").split("\n\n")[0]
    assert first, "a module says what goes in and what comes out"
    if path.relative_to(PACKAGE).parts[0] in ROOMS:
        assert "->" in first, "the first sentence of a room's module reads `in -> out`"
    bodies = [tree.body, *(node.body for node in tree.body if isinstance(node, ast.ClassDef))]
    for node in (node for body in bodies for node in body):
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_"):
            assert ast.get_docstring(node), f"{node.name} has no docstring"


@pytest.mark.parametrize("path", [p for p in MODULES if p.name == "__init__.py"], ids=name)
def test_packages_hold_one_docstring_line(path: Path) -> None:
    tree = parsed(path)
    assert len(tree.body) == 1 and (ast.get_docstring(tree) or "").count("\n") == 0


def test_no_catch_all_modules() -> None:
    assert not {p.stem for p in MODULES} & {"utils", "helpers", "base", "manager", "common", "misc"}
