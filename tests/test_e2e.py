"""The installed command, in a subprocess, with the Tone voice: what a producer and a night would meet."""

import functools
import hashlib
import http.server
import json
import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import feedparser
import pytest
import small_voices
from PIL import Image
from typer.testing import CliRunner

from newscast.cli.main import app
from newscast.tables import DEFAULT_VOICE

HERE = Path(__file__).parent
EXAMPLES = HERE.parent / "examples"
NEWSCAST = Path(sys.executable).with_name("newscast")

SHOW = """
id = "uji"
title = "Uji Coba"
description = "Acara untuk menguji."
url = "https://pod.example/uji/"
author = "Penguji"
cover = "cover.jpg"
[voice]
id = "tone"
[audio]
intro = "intro.mp3"
"""
CARD = 'id = "tone"\nname = "Tone"\nengine = "fakes:{engine}"\nlanguage = "id"\nlicense = "none"\n'
ARTICLE = """{title}

Daerah | Senin, 3 Agustus 2026

Sebanyak 25 warga membersihkan saluran air di tepi jalan utama desa sejak pagi. Mereka bekerja sampai sore.

Kepala desa mengatakan kegiatan itu akan dilakukan setiap bulan agar banjir tidak terulang pada musim hujan.

Biaya sebesar Rp1,5 juta berasal dari iuran warga dan sumbangan para pedagang di pasar setempat.
"""

OTHER = """{title}

Ekonomi | Selasa, 4 Agustus 2026

Para petani di tiga kecamatan mulai menanam padi setelah hujan turun selama sepekan di daerah mereka.

Dinas pertanian membagikan 12 ton benih unggul dan meminta petani tidak menjual pupuk bersubsidi.
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "voices" / "tone").mkdir(parents=True)
    (tmp_path / "voices" / "tone" / "voice.toml").write_text(CARD.format(engine="Tone"))
    (tmp_path / "show.toml").write_text(SHOW)
    (tmp_path / "intro.mp3").write_bytes((EXAMPLES / "intro.mp3").read_bytes())
    Image.new("RGB", (1400, 1400), "navy").save(tmp_path / "cover.jpg")
    (tmp_path / "inbox").mkdir()
    return tmp_path


def run(
    folder: Path, *arguments: str, text: str = "", code: int = 0, environment: dict[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    done = subprocess.run(
        [NEWSCAST, *arguments],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": str(HERE), "NO_COLOR": "1", "COLUMNS": "200"} | (environment or {}),
        input=text,
        capture_output=True,
        text=True,
        timeout=50,
    )
    assert done.returncode == code, done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    return done


def write(folder: Path, name: str, title: str, text: str = ARTICLE) -> Path:
    path = folder / name
    path.write_text(text.format(title=title))
    return path


def served(folder: Path) -> dict[str, tuple[str, int]]:
    """Hash and modification time of every file under output/."""
    return {
        str(path.relative_to(folder)): (
            hashlib.sha256(path.read_bytes()).hexdigest(),
            path.stat().st_mtime_ns,
        )
        for path in sorted((folder / "output").rglob("*"))
        if path.is_file()
    }


def assert_feed_whole(folder: Path) -> int:
    """Every enclosure of the feed exists with its length. Returns how many there are."""
    feed = folder / "output" / "uji" / "feed.xml"
    entries = feedparser.parse(feed.read_bytes()).entries if feed.exists() else []
    for entry in entries:
        enclosure = entry.enclosures[0]
        path = folder / "output" / "uji" / enclosure.href.removeprefix("https://pod.example/uji/")
        assert path.stat().st_size == int(enclosure.length)
    return len(entries)


def test_make_publishes_once(folder: Path) -> None:
    write(folder, "a.txt", "Warga Bersihkan Saluran Air")
    out = run(folder, "make", "a.txt").stdout
    assert "2026-08-03-warga-bersihkan-saluran-air/2026-08-03-warga-bersihkan-saluran-air.mp3" in out
    assert "output/uji/feed.xml" in out
    before = served(folder)
    run(folder, "make", "a.txt")
    assert served(folder) == before
    assert assert_feed_whole(folder) == 1


def test_correction_keeps_the_guid_and_speaks_only_what_changed(folder: Path) -> None:
    path = write(folder, "a.txt", "Warga Bersihkan Saluran Air")
    run(folder, "make", "a.txt")
    clips = len(list((folder / ".newscast").rglob("clips/*/*")))
    first = feedparser.parse((folder / "output/uji/feed.xml").read_bytes()).entries[0]
    path.write_text(path.read_text().replace("Rp1,5 juta", "Rp2,5 juta"))
    run(folder, "make", "a.txt")
    second = feedparser.parse((folder / "output/uji/feed.xml").read_bytes()).entries[0]
    assert len(list((folder / ".newscast").rglob("clips/*/*"))) == clips + 1
    assert second.id == first.id and second.published == first.published
    assert second.enclosures[0].href != first.enclosures[0].href
    assert assert_feed_whole(folder) == 1
    assert len(list((folder / "output").rglob("*.mp3"))) == 2, "who has the old feed still gets its file"


def test_script_shows_what_is_said(folder: Path) -> None:
    write(folder, "a.txt", "Warga Bersihkan Saluran Air")
    rows = [row.split("\t") for row in run(folder, "script", "a.txt").stdout.splitlines()]
    assert any("Rp1,5 juta" in text and "satu koma lima juta rupiah" in spoken for text, spoken in rows)
    data = json.loads(run(folder, "script", "a.txt", "--json").stdout)
    assert data["title"] == "Warga Bersihkan Saluran Air"
    assert data["published"].startswith("2026-08-03")
    assert len(data["paragraphs"]) == 3
    assert set(data["lines"][0]) == {"text", "spoken", "ends", "voice"}


def test_stdin_commands(folder: Path) -> None:
    assert run(folder, "normalize", text="Naik 2,5%.\n\nTetap\n").stdout.splitlines() == [
        "Naik dua koma lima persen.",
        "",
        "Tetap",
    ]
    assert "ə" in run(folder, "phonemes", text="dengan\n").stdout
    run(folder, "say", "-", "-o", "x.mp3", text="Selamat pagi.")
    assert (folder / "x.mp3").stat().st_size > 1000
    assert run(folder, "--version").stdout.startswith("newscast ")


UNPLUGGED = """
import os, sys

def refuse(event, arguments):
    if event in ("socket.connect", "socket.getaddrinfo", "socket.sendto", "subprocess.Popen", "os.exec"):
        os.write(2, event.encode())
        os._exit(99)

sys.addaudithook(refuse)
"""


def test_the_default_voice_speaks_unplugged_and_runs_no_program(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "unplugged").mkdir()
    (folder / "unplugged" / "sitecustomize.py").write_text(UNPLUGGED)
    monkeypatch.setenv("PATH", "")
    unplugged = {"PYTHONPATH": str(folder / "unplugged")}
    spoken = run(folder, "say", "Selamat pagi.", "--voice", DEFAULT_VOICE, environment=unplugged)
    assert spoken.stderr == "" and (folder / "say.mp3").stat().st_size > 5000
    online = run(folder, "say", "Selamat pagi.", "--voice", "id_ID-gtts", code=99, environment=unplugged)
    assert online.stderr.endswith("socket.getaddrinfo")


def test_night(folder: Path) -> None:
    (folder / "show.toml").write_text(SHOW + '\n[[sources]]\ninbox = "inbox"\n')
    write(folder, "inbox/a.txt", "Warga Bersihkan Saluran Air")
    write(folder, "inbox/b.txt", "Petani Mulai Menanam Padi", OTHER)
    (folder / "inbox" / "c.txt").write_text("")
    done = run(folder, "nightly")
    assert "c.txt" in done.stderr and done.stdout.count("made") == 2
    report = json.loads((folder / ".newscast/uji/report.json").read_text())
    assert sorted(outcome["result"] for outcome in report["outcomes"]) == ["made", "made", "skipped"]
    assert "c.txt" not in run(folder, "nightly").stderr, "what is no article is not looked at every night"
    assert assert_feed_whole(folder) == 2
    (folder / "inbox").rename(folder / "elsewhere")
    assert f"; mkdir -p {folder}" in run(folder, "nightly", code=1).stderr
    (folder / "elsewhere").rename(folder / "inbox")
    (folder / "inbox" / "c.txt").unlink()
    before = served(folder)
    run(folder, "nightly")
    assert served(folder) == before


def test_night_reads_a_feed(folder: Path) -> None:
    paragraphs = "".join(f"<p>{p}</p>" for p in ARTICLE.split("\n\n")[2:])
    (folder / "web").mkdir()
    (folder / "web" / "baik.html").write_text(
        "<html lang=id><head><title>Warga Bersihkan Saluran</title>"
        '<meta property="article:published_time" content="2026-08-03T06:00:00+07:00"></head>'
        f"<body><article><h1>Warga Bersihkan Saluran</h1>{paragraphs}</article></body></html>"
    )
    handler = functools.partial(QuietHandler, directory=str(folder / "web"))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        base = f"http://127.0.0.1:{server.server_port}"
        items = "".join(
            f"<item><title>{name}</title><link>{base}/{name}</link></item>"
            for name in ("baik.html", "hilang.html")
        )
        (folder / "web" / "rss").write_text(
            f"<rss version='2.0'><channel><title>x</title>{items}</channel></rss>"
        )
        threading.Thread(target=server.serve_forever, daemon=True).start()
        source = f'\n[[sources]]\nfeed = "{base}/rss"\nallow_private = true\n'
        (folder / "show.toml").write_text(SHOW + source)
        done = run(folder, "nightly")
        assert "skipped" in done.stderr and "hilang.html answers 404" in done.stderr
        assert assert_feed_whole(folder) == 1
        (folder / "show.toml").write_text(SHOW + source.replace("true", "false"))
        assert "127.0.0.1" in run(folder, "nightly", code=1).stderr
        server.shutdown()


class QuietHandler(http.server.SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        pass


def test_a_night_of_a_silent_engine_fails_and_publishes_nothing(folder: Path) -> None:
    (folder / "voices/tone/voice.toml").write_text(CARD.format(engine="Mute"))
    (folder / "show.toml").write_text(SHOW + '\n[[sources]]\ninbox = "inbox"\n')
    write(folder, "inbox/a.txt", "Warga Bersihkan Saluran Air")
    run(folder, "nightly", code=1)
    assert assert_feed_whole(folder) == 0


@pytest.fixture
def slow(folder: Path) -> Iterator[Path]:
    (folder / "voices/tone/voice.toml").write_text(CARD.format(engine="Slow"))
    (folder / "show.toml").write_text(SHOW + '\n[[sources]]\ninbox = "inbox"\n')
    write(folder, "inbox/a.txt", "Warga Bersihkan Saluran Air")
    yield folder


def start(folder: Path) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [NEWSCAST, "nightly"],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": str(HERE)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def wait_for(path: Path) -> None:
    for _ in range(400):
        if path.exists():
            return
        time.sleep(0.05)
    raise AssertionError(f"{path} never came")


def test_two_nights_at_once(slow: Path) -> None:
    first = start(slow)
    wait_for(slow / ".newscast/uji/clips")
    assert "another newscast" in run(slow, "nightly", code=75).stderr
    assert first.wait(40) == 0
    assert assert_feed_whole(slow) == 1


def test_killed_night_leaves_what_was_there_and_the_next_goes_on(slow: Path) -> None:
    night = start(slow)
    wait_for(slow / ".newscast/uji/clips")
    night.send_signal(signal.SIGKILL)
    night.wait()
    assert assert_feed_whole(slow) == 0
    run(slow, "nightly")
    assert assert_feed_whole(slow) == 1


BAD = {
    "empty": b"",
    "binary": bytes(range(256)) * 40,
    "no-article": b"Beranda\nIndeks\nMasuk\n",
    "huge": b"Berita hari ini. " * 3_200_000,
}


def test_bad_input_is_one_clear_line(folder: Path) -> None:
    write(folder, "good.txt", "Warga Bersihkan Saluran Air")
    run(folder, "make", "good.txt")
    before = served(folder)
    for name, data in BAD.items():
        (folder / name).write_bytes(data)
        error = run(folder, "make", name, code=1).stderr
        assert error.startswith(f"newscast: {name}") and len(error.splitlines()) <= 2
    assert served(folder) == before


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (('id = "tone"', 'id = "nada"'), "nada"),
        (("title =", "titel ="), "titel"),
        (("intro.mp3", "show.toml"), "show.toml"),
        (("intro.mp3", "hilang.mp3"), "hilang.mp3"),
    ],
)
def test_bad_show_is_one_clear_line(folder: Path, change: tuple[str, str], says: str) -> None:
    write(folder, "a.txt", "Warga Bersihkan Saluran Air")
    (folder / "show.toml").write_text(SHOW.replace(*change))
    error = run(folder, "make", "a.txt", code=1).stderr
    assert says in error and len(error.splitlines()) <= 2
    assert not (folder / "output").exists() or assert_feed_whole(folder) == 0


def test_wrong_usage_is_2() -> None:
    for arguments in (["make"], ["make", "a.txt", "--nosuch"], ["nosuch"]):
        assert CliRunner().invoke(app, arguments).exit_code == 2


def test_init_begins_a_working_show(folder: Path) -> None:
    run(folder, "init", "baru", "--title", "Kabar Baru", "--url", "https://baru.example/")
    run(folder, "init", "baru", code=1)
    wrong = run(folder, "init", "lain", "--title", "Lain", "--url", "bukan alamat", code=1).stderr
    assert "an address that begins with https://" in wrong and "show.toml" not in wrong
    assert not (folder / "lain").exists()
    assert "# where output/kabar-baru/ is served" in (folder / "baru" / "show.toml").read_text()
    gone = folder / "baru" / "cover.jpg"
    gone.rename(folder / "cover.bak")
    assert "1 error," in run(folder, "check", "--show", "baru/show.toml", code=1).stderr
    (folder / "cover.bak").rename(gone)
    covers = [(folder / "baru" / "cover.jpg").read_bytes(), (EXAMPLES / "cover.jpg").read_bytes()]
    assert covers[0] != covers[1]
    assert "0 errors" in run(folder, "check", "--show", "baru/show.toml").stderr
    assert run(folder, "voices", "--json").stdout.count('"id"') >= 3


def test_voices_are_shown_checked_and_auditioned(folder: Path) -> None:
    (folder / "voices" / "mute").mkdir()
    mute = CARD.format(engine="Mute").replace('"tone"', '"mute"')
    (folder / "voices" / "mute" / "voice.toml").write_text(mute)
    shown = json.loads(run(folder, "voices", "show", "tone", "--json").stdout)
    assert (shown["engine"], shown["installed"]) == ("fakes:Tone", True)
    assert "engine       fakes:Tone" in run(folder, "voices", "show", "tone").stdout
    assert re.match(r"ok  tone .* words a minute", run(folder, "voices", "check", "tone").stdout)
    done = run(folder, "voices", "check", "tone", "mute", code=1)
    assert "failed  mute: “Selamat pagi.” could not be said" in done.stderr and "ok  tone" in done.stdout
    assert "did you mean tone" in run(folder, "voices", "check", "tune", code=1).stderr
    said = "Halo, <b>Indonesia</b>."
    done = run(folder, "voices", "audition", said, "--voice", "tone", "-o", "coba", "--html")
    assert done.stdout.splitlines() == [str(Path("coba/tone.mp3")), str(Path("coba/index.html"))]
    page = (folder / "coba/index.html").read_text("utf-8")
    assert "<audio controls" in page and 'src="tone.mp3"' in page and "kata per menit" in page
    assert "Halo, &lt;b&gt;Indonesia&lt;/b&gt;." in page
    assert (folder / "coba" / "tone.mp3").read_bytes()[:3] == b"ID3"
    assert "nothing to say" in run(folder, "voices", "audition", " ", "--voice", "tone", code=1).stderr


def test_an_unreached_voice_fails_a_check_only_when_it_is_named(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("newscast.speech.voices.builtin_folder", lambda: folder / "none")
    card = folder / "voices" / "far" / "voice.toml"
    card.parent.mkdir()
    card.write_text(CARD.format(engine="Mute").replace('"tone"', '"far"') + "network = true\n")
    check = ["voices", "check", "--show", str(folder / "show.toml")]
    done = CliRunner().invoke(app, check)
    assert done.exit_code == 0 and "no answer  far" in done.stderr and "ok  tone" in done.stdout
    assert CliRunner().invoke(app, [*check, "far"]).exit_code == 1
    (folder / "voices" / "tone" / "voice.toml").unlink()
    assert CliRunner().invoke(app, check).exit_code == 1, "nobody spoke"


def test_a_voice_is_installed_and_then_speaks(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEWSCAST_DATA", str(folder / "data"))
    hum = small_voices.piper(folder / "shop")
    card = folder / "voices" / "hum" / "voice.toml"
    card.parent.mkdir()
    quiet = functools.partial(QuietHandler, directory=str(hum.folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), quiet) as server:
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}).start()
        address = f"http://127.0.0.1:{server.server_port}"
        files = [
            f'[[files]]\nname = "{file.name}"\nurl = "{address}/{file.name}"\n'
            f'size = {file.size}\nsha256 = "{file.sha256}"\n'
            for file in hum.files
        ]
        head = (
            'id = "hum"\nname = "Hum"\nengine = "hums:Hum"\nlicense = "none"\n[options]\nmodel = "hum.onnx"\n'
        )
        card.write_text(head + "".join(files).replace(hum.files[0].sha256, "0" * 64))
        assert "its sha256 is" in run(folder, "voices", "install", "hum", code=1).stderr
        card.write_text(head + "".join(files))
        assert (
            "try: newscast voices install hum" in run(folder, "say", "Halo.", "--voice", "hum", code=1).stderr
        )
        assert json.loads(run(folder, "voices", "show", "hum", "--json").stdout)["installed"] is False
        assert run(folder, "voices", "install", "hum").stdout == "installed  hum, none\n"
        server.shutdown()
    assert run(folder, "voices", "install", "hum").stdout == "installed  hum, none\n"
    run(folder, "say", "Halo, apa kabar semua.", "--voice", "hum", "-o", "hum.mp3")
    assert (folder / "hum.mp3").stat().st_size > 4000


def test_a_fallback_is_told_of(folder: Path) -> None:
    card = folder / "voices" / "mute" / "voice.toml"
    card.parent.mkdir()
    card.write_text(CARD.format(engine="Mute").replace('"tone"', '"mute"'))
    show = folder / "show.toml"
    show.write_text(SHOW.replace('id = "tone"', 'id = "mute"\nfallback = ["tone"]'))
    write(folder / "inbox", "satu.txt", "Warga Bersihkan Saluran Air")
    show.write_text(show.read_text() + '[[sources]]\ninbox = "inbox"\n')
    assert "note: spoken by tone, because" in run(folder, "nightly").stderr
    report = json.loads((folder / ".newscast" / "uji" / "report.json").read_text())
    assert report["outcomes"][0]["note"].startswith("spoken by tone, because")
    assert "could not be said" in run(folder, "make", "inbox/satu.txt", "--voice", "mute", code=1).stderr
    episode = json.loads(next(folder.glob("output/uji/episodes/*/episode.json")).read_text())
    assert episode["voices"] == ["tone"]


def test_every_command_has_help_with_an_example() -> None:
    readme = (HERE.parent / "README.md").read_text()
    groups = [(group.name, group.typer_instance) for group in app.registered_groups]
    names = [
        f"{prefix or ''} {command.name or command.callback.__name__}".strip()
        for prefix, group in [("", app), *groups]
        for command in (group.registered_commands if group else ())
        if command.callback
    ]
    assert {"make", "nightly", "episodes", "voices install"} <= set(names)
    for name in [*names, "voices"]:
        shown = " ".join(CliRunner().invoke(app, [*name.split(), "--help"]).output.split())
        assert re.search(rf"Example: (newscast {name}|echo .* \| newscast {name})", shown)
        assert f"`{name}" in readme
