"""Tests that need the outside world run only when they are asked for; none is judged by the clock."""

import os

import pytest
from hypothesis import settings

settings.register_profile("newscast", deadline=None)  # a busy machine is no bug
settings.load_profile("newscast")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    if os.environ.get("NEWSCAST_NETWORK") == "1":
        return
    skip = pytest.mark.skip(reason="needs the outside world; NEWSCAST_NETWORK=1 runs it")
    for item in items:
        if item.get_closest_marker("network"):
            item.add_marker(skip)
