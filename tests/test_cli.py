"""Habits of the command line: help, how much it tells, where it writes, how it words what went wrong."""

import os
import subprocess
import wave
from pathlib import Path

import pytest
from test_e2e import HERE, NEWSCAST, run, write
from test_e2e import folder as folder

from newscast.cli.terminal import advice, count


def test_help_of_a_command_is_its_help(folder: Path) -> None:
    assert run(folder, "help", "voices", "audition").stdout == run(folder, "voices", "audition", "-h").stdout
    assert run(folder, "help").stdout == run(folder, "--help").stdout
    assert "No such command 'nix'" in run(folder, "help", "nix", code=2).stderr


def test_say_writes_what_the_name_asks_for(folder: Path) -> None:
    environment = os.environ | {"PYTHONPATH": str(HERE)}
    command = [str(NEWSCAST), "say", "Selamat pagi.", "-o", "-"]
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, timeout=50, check=True)
    assert done.stdout.startswith(b"ID3") and not (folder / "-").exists()
    for name, head in {"x.mp3": b"ID3", "x.opus": b"OggS", "x": b"ID3"}.items():
        assert run(folder, "say", "Selamat pagi.", "-o", name).stdout == f"{name}\n"
        assert (folder / name).read_bytes().startswith(head)
    run(folder, "say", "Selamat pagi.", "-o", "x.WAV")
    with wave.open(str(folder / "x.WAV")) as sound:
        assert (sound.getnchannels(), sound.getsampwidth(), sound.getframerate()) == (1, 2, 44_100)
        assert sound.getnframes() > 22_050 and any(sound.readframes(sound.getnframes()))
    assert ".wav" in run(folder, "say", "Halo.", "-o", "x.ogg", code=2).stderr
    assert not (folder / "x.ogg").exists()


def test_proof_is_written_and_told(folder: Path) -> None:
    write(folder, "a.txt", "Warga Bersihkan Saluran Air")
    done = run(folder, "proof", "a.txt", "--speak")
    page = (folder / "proof.html").read_text("utf-8")
    assert done.stdout == "proof.html\n" and "data:audio/mpeg;base64," in page
    assert run(folder, "proof", "a.txt", "-o", "-").stdout.startswith("<!DOCTYPE html>")
    told = [line for line in done.stderr.splitlines() if line.startswith("about ")]
    assert told == [run(folder, "script", "a.txt").stderr.splitlines()[0]]


def test_quiet_tells_errors_alone_and_verbose_what_is_done(folder: Path) -> None:
    write(folder, "a.txt", "Warga Bersihkan Saluran Air")
    assert run(folder, "script", "a.txt").stderr
    assert run(folder, "-q", "script", "a.txt").stderr == ""
    assert "made" in run(folder, "make", "a.txt").stderr
    assert run(folder, "--quiet", "make", "a.txt").stderr == ""
    assert "nichts.txt" in run(folder, "-q", "make", "nichts.txt", code=1).stderr
    told = run(folder, "-v", "say", "Selamat malam.").stderr.splitlines()
    assert told[0] == "speak    tone: Selamat malam." and told[1].startswith("encode   mp3")
    unreached = run(folder, "-v", "script", "http://127.0.0.1:9/a", code=1).stderr
    assert "fetch    http://127.0.0.1:9/" in unreached


def test_try_stands_before_commands_only(folder: Path) -> None:
    assert "\ntry: newscast voices\n" in run(folder, "say", "Halo.", "--voice", "xyz", code=1).stderr
    (folder / "lama").write_text("")
    wrong = run(folder, "say", "Halo.", "-o", "lama/x.mp3", code=1).stderr
    assert wrong.splitlines()[1:] == ["choose another --output"]


@pytest.mark.parametrize(
    ("hint", "told"),
    [
        ("pip install 'newscast[s3]'", "try: pip install 'newscast[s3]'"),
        ("mkdir -p inbox", "try: mkdir -p inbox"),
        ("use a JPEG or PNG", "use a JPEG or PNG"),
    ],
)
def test_what_can_be_typed_is_told_from_what_cannot(hint: str, told: str) -> None:
    assert advice(hint) == told


def test_one_thing_is_not_many() -> None:
    assert [count(n, "error") for n in (0, 1, 2)] == ["0 errors", "1 error", "2 errors"]
