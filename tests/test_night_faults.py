"""Nothing that one item, one file or one moment does ends a night: the installed command, in a subprocess."""

import json
import os
import shutil
import signal
import subprocess
import time
from pathlib import Path

import pytest
from test_e2e import CARD, HERE, NEWSCAST, OTHER, SHOW, assert_feed_whole, run, write
from test_e2e import folder as folder

INBOX = '\n[[sources]]\ninbox = "inbox"\n'


@pytest.fixture
def inbox(folder: Path) -> Path:
    (folder / "show.toml").write_text(SHOW + INBOX)
    write(folder, "inbox/a.txt", "Warga Bersihkan Saluran Air")
    write(folder, "inbox/b.txt", "Petani Mulai Menanam Padi", OTHER)
    return folder


def episodes(folder: Path) -> dict[str, dict[str, str]]:
    return {row["title"]: row for row in json.loads(run(folder, "episodes", "--json").stdout)}


def report(folder: Path) -> dict[str, str]:
    """What became of each source, by its file's name."""
    told = json.loads((folder / ".newscast/uji/report.json").read_text())
    return {Path(outcome["source"]).name: outcome["result"] for outcome in told["outcomes"]}


def test_a_corrected_text_corrects_its_episode(inbox: Path) -> None:
    run(inbox, "nightly")
    first = episodes(inbox)["Petani Mulai Menanam Padi"]
    write(inbox, "inbox/b.txt", "Petani Tanam Padi Lagi", OTHER.replace("4 Agustus", "5 Agustus"))
    assert "corrected" in run(inbox, "nightly").stdout
    second = episodes(inbox)["Petani Tanam Padi Lagi"]
    assert (second["guid"], second["published"]) == (first["guid"], first["published"])
    assert len(episodes(inbox)) == 2 == assert_feed_whole(inbox)


def test_two_texts_of_one_title_and_day_are_two_episodes(inbox: Path) -> None:
    write(inbox, "inbox/b.txt", "Warga Bersihkan Saluran Air", OTHER.replace("Selasa, 4", "Senin, 3"))
    run(inbox, "nightly")
    assert assert_feed_whole(inbox) == 2
    assert run(inbox, "nightly").stdout == "", "neither is spoken again"
    failed = run(inbox, "make", "inbox/b.txt", "--date", "2026-08-03", "--title", "X")
    assert "same text" in failed.stderr


def test_taken_down_it_stays_down_until_it_is_restored(inbox: Path) -> None:
    run(inbox, "nightly")
    before = episodes(inbox)["Petani Mulai Menanam Padi"]
    run(inbox, "remove", before["handle"], "--reason", "dicabut")
    assert not any("petani" in path.name for path in (inbox / "output").rglob("*"))
    assert b"Petani" not in b"".join(p.read_bytes() for p in (inbox / "output/uji").rglob("*.*"))
    run(inbox, "nightly")
    assert "removed" in run(inbox, "make", "inbox/b.txt", code=1).stderr
    run(inbox, "restore", before["handle"])
    run(inbox, "nightly")
    after = episodes(inbox)["Petani Mulai Menanam Padi"]
    assert (after["guid"], after["published"], after["state"]) == (
        before["guid"],
        before["published"],
        "made",
    )


def test_what_is_held_is_not_in_the_web_root(inbox: Path) -> None:
    (inbox / "show.toml").write_text(SHOW + "[night]\nhold = true\n" + INBOX)
    assert run(inbox, "nightly").stdout.count("held") == 2
    assert b"Petani" not in b"".join(p.read_bytes() for p in (inbox / "output/uji").rglob("*.*"))
    assert {row["state"] for row in episodes(inbox).values()} == {"held"}
    assert run(inbox, "nightly").stdout == ""
    run(inbox, "release", "--all")
    assert assert_feed_whole(inbox) == 2


def test_what_is_dated_tomorrow_waits_for_its_time(inbox: Path) -> None:
    day = time.strftime("%Y-%m-%dT%H:%M:%S+07:00", time.gmtime(time.time() + 7 * 3600 + 86_400))
    done = run(inbox, "make", "inbox/a.txt", "--date", day)
    assert "held" in done.stderr and assert_feed_whole(inbox) == 0
    past = run(inbox, "make", "inbox/b.txt")
    assert "made" in past.stderr and assert_feed_whole(inbox) == 1


def test_a_broken_manifest_is_one_failure_and_gives_no_second_guid(inbox: Path) -> None:
    run(inbox, "nightly")
    (broken,) = (inbox / "output/uji/episodes").glob("*petani*")
    (broken / "episode.json").write_bytes(b"")
    write(inbox, "inbox/b.txt", "Petani Menanam Padi", OTHER)
    done = run(inbox, "nightly", code=1)
    assert "no manifest" in done.stderr and assert_feed_whole(inbox) == 1
    assert len(list((inbox / "output/uji/episodes").iterdir())) == 2


def test_a_damaged_cover_stays_out_and_is_told(inbox: Path) -> None:
    run(inbox, "nightly")
    good = sorted(path.name for path in (inbox / "output/uji").glob("cover-*"))
    cover = inbox / "cover.jpg"
    cover.write_bytes(cover.read_bytes()[:900])
    assert "cover.jpg" in run(inbox, "nightly", code=1).stderr
    assert sorted(path.name for path in (inbox / "output/uji").glob("cover-*")) == good
    assert report(inbox) == {"uji": "failed"}


def test_a_job_that_ends_newscast_comes_last_and_is_set_aside(inbox: Path) -> None:
    (inbox / "show.toml").write_text(SHOW + "[night]\nattempts = 2\n" + INBOX)
    (inbox / "voices/tone/voice.toml").write_text(CARD.format(engine="Deadly"))
    first = subprocess.run([NEWSCAST, "nightly"], cwd=inbox, env=os.environ | {"PYTHONPATH": str(HERE)})
    assert first.returncode == -signal.SIGKILL and assert_feed_whole(inbox) == 0
    second = subprocess.run([NEWSCAST, "nightly"], cwd=inbox, env=os.environ | {"PYTHONPATH": str(HERE)})
    assert second.returncode == -signal.SIGKILL and assert_feed_whole(inbox) == 1, "the other one is out"
    assert "2 times in a row" in run(inbox, "nightly", code=1).stderr
    assert run(inbox, "nightly").stdout == ""


def test_sigterm_ends_a_night_with_what_is_done(inbox: Path) -> None:
    (inbox / "voices/tone/voice.toml").write_text(CARD.format(engine="Slow"))
    night = subprocess.Popen([NEWSCAST, "nightly"], cwd=inbox, env=os.environ | {"PYTHONPATH": str(HERE)})
    for _ in range(400):
        if assert_feed_or_none(inbox):
            break
        time.sleep(0.05)
    night.send_signal(signal.SIGTERM)
    assert night.wait(40) == 143
    assert json.loads((inbox / ".newscast/uji/report.json").read_text())["ended"]
    run(inbox, "nightly")
    assert assert_feed_whole(inbox) == 2


def assert_feed_or_none(folder: Path) -> bool:
    return any((folder / ".newscast/uji/clips").rglob("*")) if (folder / ".newscast").exists() else False


def in_bash(folder: Path, command: str) -> subprocess.CompletedProcess[str]:
    """Run what only a shell can ask for; the exit code is newscast's."""
    shell = f"{NEWSCAST} {command}; exit ${{PIPESTATUS[0]}}"
    environment = os.environ | {"PYTHONPATH": str(HERE)}
    return subprocess.run(["bash", "-c", shell], cwd=folder, env=environment, capture_output=True, text=True)


def test_closed_streams_are_no_bug(inbox: Path) -> None:
    run(inbox, "nightly")
    for command in ("episodes 2>&-", "episodes >&-", "episodes | true", "check --json | true"):
        done = in_bash(inbox, command)
        assert done.returncode in (0, 1) and "bug" not in done.stderr, (command, done.stderr)
    empty = in_bash(inbox, "make - <&-")
    assert empty.returncode == 1 and "empty" in empty.stderr
    full = in_bash(inbox, "episodes >/dev/full")
    assert full.returncode == 1 and "no space left" in full.stderr


def test_only_show_and_output_go_on_elsewhere(inbox: Path) -> None:
    run(inbox, "nightly")
    away = inbox / "away"
    away.mkdir()
    for name in ("show.toml", "cover.jpg", "intro.mp3"):
        shutil.copy(inbox / name, away / name)
    shutil.copytree(inbox / "output", away / "output")
    shutil.copytree(inbox / "voices", away / "voices")
    (away / "inbox").mkdir()
    before = {p: p.read_bytes() for p in (away / "output").rglob("*") if p.is_file()}
    run(away, "nightly")
    assert {p: p.read_bytes() for p in (away / "output").rglob("*") if p.is_file()} == before
    shutil.copy(inbox / "inbox/a.txt", away / "inbox/a.txt")
    run(away, "nightly")
    assert {p: p.read_bytes() for p in (away / "output").rglob("*") if p.is_file()} == before


def test_what_is_too_long_is_skipped_before_a_word_is_said(inbox: Path) -> None:
    (inbox / "show.toml").write_text(SHOW.replace("[voice]", "max_minutes = 1\n[voice]") + INBOX)
    write(inbox, "inbox/b.txt", "Petani Mulai Menanam Padi", OTHER + "\n" + OTHER[40:] * 12)
    done = run(inbox, "nightly")
    assert "skipped" in done.stderr and "max_minutes" in done.stderr and report(inbox)["b.txt"] == "skipped"
    assert assert_feed_whole(inbox) == 1 and run(inbox, "nightly").stdout == ""
    assert "max_minutes" in run(inbox, "make", "inbox/b.txt", code=1).stderr


def test_check_tells_every_setting_that_cannot_work_once(folder: Path) -> None:
    wrong = SHOW.replace('id = "tone"', 'id = "ani"\nquotes = "budi"\nfallback = ["cici", "ani"]')
    sources = '[[sources]]\ninbox = "tiada"\n[[sources]]\nfeed = "bukan alamat"\n'
    wording = '[script]\ngreeting = "Halo {nama}."\nsign_off = "{show}, {jam}."\n'
    (folder / "show.toml").write_text(wrong.replace("cover.jpg", "tiada.jpg") + wording + sources)
    out = run(folder, "check", code=1).stdout
    for fault in ("voice ani", "voice budi", "voice cici", "{nama}", "{jam}", "tiada.jpg", "no inbox"):
        assert sum(fault in line and line.startswith("error") for line in out.splitlines()) == 1, (fault, out)
    assert "error    show.toml: bukan alamat is not an http or https address" in out


def test_drafts_and_hosts_that_killed_runs_left_are_swept(inbox: Path) -> None:
    run(inbox, "nightly")
    work, old = inbox / ".newscast/uji", time.time() - 20 * 86_400
    names = (".report.json.9.tmp", "reports/.a.json.9.tmp", "held/.a.9.tmp", "clips/ab/.a.9.tmp")
    hosts = ("pages/a.host", "pages/a.host.lock", "pages/a.9.part", "pages/a.page")
    left = [work / name for name in names + hosts]
    for path in left:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"x")
        os.utime(path, (old, old))
    young = work / ".known.json.9.tmp"
    young.write_bytes(b"x")
    (inbox / "show.toml").write_text(SHOW + INBOX + '[[sources]]\nfeed = "http://127.0.0.1:1/"\n')
    run(inbox, "nightly", code=1)
    assert [path for path in (*left, young) if path.exists()] == [young]


def test_two_folders_of_one_show_wait_for_each_other(inbox: Path) -> None:
    other = inbox / "lain"
    other.mkdir()
    for name in ("cover.jpg", "intro.mp3", "voices", "inbox"):
        (other / name).symlink_to(inbox / name)
    (other / "show.toml").write_text('output = "../output"\n' + SHOW + INBOX)
    (inbox / "voices/tone/voice.toml").write_text(CARD.format(engine="Slow"))
    night = subprocess.Popen([NEWSCAST, "nightly"], cwd=inbox, env=os.environ | {"PYTHONPATH": str(HERE)})
    for _ in range(400):
        if assert_feed_or_none(inbox):
            break
        time.sleep(0.05)
    assert "another newscast" in run(other, "nightly", code=75).stderr
    assert night.wait(40) == 0 and assert_feed_whole(inbox) == 2


def test_passwords_and_keys_of_addresses_are_told_nobody(folder: Path) -> None:
    address = "http://ani:rahasia@127.0.0.1:1/{}?api_key=rahasia&page=2"
    feed, page = (address.format(name) for name in ("feed", "news.html"))
    sources = f'[[sources]]\nfeed = "{feed}"\n[[sources]]\nurl = "{page}"\nallow_private = true\n'
    (folder / "show.toml").write_text(SHOW + "[night]\nattempts = 1\n" + sources)
    told = run(folder, "nightly", "--dry-run")
    done = run(folder, "nightly", code=1)
    written = (folder / ".newscast/uji/report.json").read_text()
    assert "***@127.0.0.1:1/news.html?api_key=***&page=2" in done.stderr
    assert done.stderr.count("feed?") == 1, "an address is told once a line"
    assert "rahasia" not in told.stdout + told.stderr + done.stdout + done.stderr + written


def test_a_name_that_is_not_utf8_is_no_bug(inbox: Path) -> None:
    done = in_bash(inbox, "make $'inbox/\\xff.txt' inbox/a.txt")
    assert done.returncode == 1 and "not UTF-8" in done.stderr and "bug" not in done.stderr
    assert assert_feed_whole(inbox) == 1


def test_what_the_show_keeps_no_longer_is_told_as_it_goes(inbox: Path) -> None:
    run(inbox, "nightly")
    (inbox / "show.toml").write_text(SHOW + '[corrections]\nkeep = "1"\n' + INBOX)
    assert "Warga Bersihkan Saluran Air: older than the show keeps (1)" in run(inbox, "nightly").stderr
    assert assert_feed_whole(inbox) == 1 and "removed" in report(inbox).values()
