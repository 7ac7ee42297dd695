"""A model -> an ONNX Runtime session: one way for all neural engines."""

import os
from pathlib import Path
from typing import Any


def open_session(model: bytes | Path, threads: int) -> Any:
    """A model, on so many threads for each run. Raises ValueError if ONNX Runtime cannot run it."""
    import onnxruntime  # half a second, and needed by few voices
    from onnxruntime.capi.onnxruntime_pybind11_state import Fail, InvalidGraph, InvalidProtobuf

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    # Without these, threads that wait keep their processor busy, and 130 MB are taken ahead.
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    options.enable_mem_pattern = False
    source = model if isinstance(model, bytes) else str(model)
    try:
        return onnxruntime.InferenceSession(source, options, providers=["CPUExecutionProvider"])
    except (Fail, InvalidGraph, InvalidProtobuf) as error:  # these have nothing in common
        raise ValueError(f"it is no model that ONNX Runtime can run, {error}") from error


def side_by_side() -> tuple[int, int]:
    """How many lines are said at a time, and on how many threads each.

    Lines side by side, each on a thread of its own, are done sooner than one on all threads, and much
    sooner when something else is busy. More than four would take too much memory.
    """
    threads = _processors()
    lines = min(threads, 4)
    return lines, threads // lines


def _processors() -> int:
    """How many this process may use: what OMP_NUM_THREADS says, as Dask's workers set it, else all."""
    mine = os.sched_getaffinity(0) if hasattr(os, "sched_getaffinity") else range(os.cpu_count() or 1)
    said = os.environ.get("OMP_NUM_THREADS", "")
    return int(said) if said.isdecimal() and int(said) else len(mine)
