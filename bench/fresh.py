"""A function -> what it returns in a process of its own, and the most memory that took, in GB."""

from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import TypeVar

Result = TypeVar("Result")


def run(function: Callable[[], Result]) -> tuple[Result, float]:
    """function: of a module, so that the other process finds it by name. Linux only."""
    with ProcessPoolExecutor(1, get_context("spawn")) as alone:
        return alone.submit(_watched, function).result()


def _watched(function: Callable[[], Result]) -> tuple[Result, float]:
    result = function()
    # Not ru_maxrss: in a process that was started by a larger one, that is the larger one's.
    status = Path("/proc/self/status").read_text("ascii")
    return result, int(status.split("VmHWM:")[1].split()[0]) / 1e6
