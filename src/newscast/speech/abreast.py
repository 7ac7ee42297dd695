"""Calls -> their results in order, some at a time, each within its time: nothing that hangs is waited for.

Python cannot end a thread, so a call that hangs is left behind in one of its own; as these are daemons,
they keep no process from ending.
"""

import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from typing import TypeVar

_GRACE = 10.0  # seconds that calls under way are waited for when one failed or Ctrl-C was pressed

Result = TypeVar("Result")


class OverdueError(Exception):
    """A call took longer than it may. limit: seconds."""

    def __init__(self, limit: float) -> None:
        super().__init__(f"nothing in {limit:.0f} s")
        self.limit = limit


def abreast(
    calls: Sequence[Callable[[], Result]], limits: Sequence[float], at_once: int, grace: float = _GRACE
) -> Iterator[Result]:
    """What each call returns. limits: seconds that each may take. Raises OverdueError, or what a call raises.

    After that no further call begins, and those under way are given `grace` seconds to end.
    """
    futures: list[Future[Result]] = [Future() for _ in calls]
    waiting = iter(zip(calls, futures, strict=True))
    lock, stop = threading.Lock(), threading.Event()

    def work() -> None:
        while not stop.is_set():
            with lock:
                call, future = next(waiting, (None, None))
            if call is None or future is None:
                return
            try:
                future.set_result(call())
            except BaseException as error:  # noqa: BLE001  raised again where it is waited for
                future.set_exception(error)

    threads = [threading.Thread(target=work, daemon=True) for _ in range(min(at_once, len(calls)))]
    for thread in threads:
        thread.start()
    try:
        for future, limit in zip(futures, limits, strict=True):
            # All before it are done, so it has begun by now: its time is not shorter than it should be.
            yield _within(future, limit)
    finally:
        stop.set()
        deadline = time.monotonic() + grace
        for thread in threads:
            thread.join(max(0.0, deadline - time.monotonic()))


def within(seconds: float, call: Callable[[], Result]) -> Result:
    """What a call returns. Raises OverdueError after so many seconds, or what the call raises."""
    return next(abreast([call], [seconds], 1, grace=0.0))


def _within(future: "Future[Result]", limit: float) -> Result:
    try:
        return future.result(limit)
    except TimeoutError:
        if future.done():  # the call's own
            raise
        raise OverdueError(limit) from None
