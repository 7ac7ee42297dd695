"""Tests that need the outside world run only when they are asked for."""

import os

import pytest


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    if os.environ.get("NEWSCAST_NETWORK") == "1":
        return
    skip = pytest.mark.skip(reason="needs the outside world; NEWSCAST_NETWORK=1 runs it")
    for item in items:
        if item.get_closest_marker("network"):
            item.add_marker(skip)
