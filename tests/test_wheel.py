"""What is shipped: the wheel and the sdist hold what newscast needs, and the wheel works alone.

The wheel is built from the sdist, with the build tools of this environment and no network. Installing it
into a clean environment fetches a hundred packages, so that part runs only with NEWSCAST_WHEEL=1 (`make
wheel`).
"""

import os
import subprocess
import sys
import tarfile
import venv
import zipfile
from pathlib import Path

import feedparser
import pytest

ROOT = Path(__file__).parents[1]
DIST = ROOT / "build" / "dist"
#: Every file of these, and nothing else than Python beside them.
SHIPPED = {"src/newscast": "newscast", "voices": "newscast/voices", "examples": "newscast/examples"}


def run(*command: str | Path, cwd: Path) -> subprocess.CompletedProcess[str]:
    done = subprocess.run(command, cwd=cwd, capture_output=True, text=True, timeout=1000)
    assert done.returncode == 0, done.stdout + done.stderr
    return done


@pytest.fixture(scope="session")
def dist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the sdist and the wheel that was built from it."""
    folder = DIST if os.environ.get("NEWSCAST_WHEEL") else tmp_path_factory.mktemp("dist")
    for old in folder.glob("*"):
        old.unlink()
    run(sys.executable, "-m", "build", "--no-isolation", "--outdir", folder, ROOT, cwd=folder.parent)
    return folder


def committed(folder: str) -> set[str]:
    """The files of a folder that git knows or would take, relative to the root."""
    listed = run(*"git ls-files --cached --others --exclude-standard -z".split(), folder, cwd=ROOT).stdout
    return set(filter(None, listed.split("\0")))


def test_the_wheel_holds_what_newscast_needs(dist: Path) -> None:
    with zipfile.ZipFile(next(dist.glob("*.whl"))) as wheel:
        held = {name for name in wheel.namelist() if ".dist-info/" not in name}
    expected = {
        name.replace(source, target, 1) for source, target in SHIPPED.items() for name in committed(source)
    }
    assert held == expected
    kinds = {Path(name).suffix for name in held}
    assert {".py", ".tsv", ".html", ".css", ".js", ".toml", ".f16", ".mp3", ".jpg"} <= kinds
    assert "newscast/py.typed" in held
    assert not [name for name in held if "test" in name], "tests are not shipped"


def test_the_sdist_holds_what_git_does(dist: Path) -> None:
    with tarfile.open(next(dist.glob("*.tar.gz"))) as sdist:
        held = {name.partition("/")[2] for name in sdist.getnames()}
    assert held - {"PKG-INFO"} == committed(".")


@pytest.mark.skipif("NEWSCAST_WHEEL" not in os.environ, reason="installs much; make wheel runs it")
def test_the_wheel_alone_begins_a_show_makes_an_episode_and_checks_it(dist: Path, tmp_path: Path) -> None:
    home = tmp_path / "venv"
    venv.create(home, with_pip=True)
    pip: list[str | Path] = [home / "bin" / "python", "-m", "pip", "--disable-pip-version-check", "--quiet"]
    run(*pip, "install", "-c", ROOT / "constraints.txt", next(dist.glob("*.whl")), cwd=tmp_path)
    run(*pip, "check", cwd=tmp_path)
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    newscast = home / "bin" / "newscast"
    where = "import newscast; print(newscast.__file__)"
    assert str(home) in run(home / "bin" / "python", "-c", where, cwd=elsewhere).stdout
    run(newscast, "init", "kabar", "--title", "Kabar Uji", "--url", "https://kabar.example/", cwd=elsewhere)
    article = (ROOT / "examples" / "pasar-terapung.txt").read_text("utf-8")
    (elsewhere / "berita.txt").write_text(article, "utf-8")
    show = ["--show", "kabar/show.toml"]
    run(newscast, "make", "berita.txt", *show, "--voice", "id_ID-espeak", cwd=elsewhere)
    assert "0 errors" in run(newscast, "check", *show, cwd=elsewhere).stderr
    feed = elsewhere / "kabar" / "output" / "kabar-uji" / "feed.xml"
    assert len(feedparser.parse(feed.read_bytes()).entries) == 1
