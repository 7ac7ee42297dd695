"""The pages in a real Chromium: the player's functions one by one, axe, a strict policy, and pictures.

The pictures are left in build/pages/, for a person to look at.
"""

import shutil
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import editions
import pytest
import site_server
from editions import commit

from newscast.model import Chapter, Cue, Episode
from newscast.publish.release import publish
from newscast.publish.store import folder
from newscast.show import Show

sync_api = pytest.importorskip("playwright.sync_api")
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
pytestmark = [
    pytest.mark.skipif(not CHROMIUM, reason="needs a Chromium: apt-get install chromium"),
    pytest.mark.timeout(180),
]
PICTURES = Path(__file__).parents[1] / "build" / "pages"
SECONDS = 90.0
LOOKS: dict[str, dict[str, Any]] = {
    "light": {"color_scheme": "light"},
    "dark": {"color_scheme": "dark"},
    "phone": {"viewport": {"width": 390, "height": 844}, "has_touch": True},
    "forced": {"forced_colors": "active"},
}


@pytest.fixture(scope="module")
def show(tmp_path_factory: pytest.TempPathFactory) -> Show:
    """A show of 64 episodes; the newest lasts a minute and a half."""
    show = editions.show(tmp_path_factory.mktemp("pages"))
    for n in range(63):
        when = editions.NOW - timedelta(days=n + 1)
        commit(show.root, editions.episode(f"Berita lama {n}", published=when), editions.mp3())
    commit(show.root, long_episode(), editions.mp3(SECONDS))
    publish(show, editions.NOW)
    return show


def long_episode() -> Episode:
    cues = tuple(Cue(3.0 * n + 0.2, 3.0 * n + 2.8, f"Kalimat nomor {n} dari berita ini.") for n in range(30))
    chapters = (
        Chapter(0.0, 15.0, "Pembuka"),
        Chapter(15.0, 60.0, "Harga beras"),
        Chapter(60.0, SECONDS, "Tanggapan warga"),
    )
    return editions.episode(
        "Harga beras naik di pasar",
        editions.mp3(SECONDS),
        published=datetime(2024, 3, 10, 6, tzinfo=editions.WIB),
        duration=SECONDS,
        cues=cues,
        chapters=chapters,
    )


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    options = [
        "--no-sandbox",
        "--disable-background-networking",
        "--autoplay-policy=no-user-gesture-required",
    ]
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=options)
        yield browser
        browser.close()


@pytest.fixture
def page(browser: Any) -> Iterator[Any]:
    """A page of a browser that was never here before; whatever it complains of fails the test."""
    context = browser.new_context()
    page = context.new_page()
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    yield page
    context.close()
    assert [said for said in complaints if "track" not in said and "file:///" not in said] == []


def address(show: Show, name: str = "index.html") -> str:
    return (folder(show.root, long_episode()) / name).as_uri()


def now(page: Any) -> float:
    return float(page.evaluate("document.querySelector('audio').currentTime"))


def playing(page: Any) -> bool:
    return not page.evaluate("document.querySelector('audio').paused")


def loaded(page: Any, url: str) -> Any:
    page.goto(url)
    until(page, "document.querySelector('audio').readyState > 0")
    return page


def until(page: Any, condition: str) -> None:
    """Wait for what JavaScript says; not with Playwright's own wait, which a strict policy forbids."""
    for _ in range(300):
        if page.evaluate(f"Boolean({condition})"):
            return
        page.wait_for_timeout(50)
    raise AssertionError(condition)


def test_a_chapter_plays_and_is_marked(show: Show, page: Any) -> None:
    loaded(page, address(show))
    page.get_by_role("link", name="Tanggapan warga").click()
    until(page, "document.querySelector('audio').currentTime > 60.2")
    assert playing(page)
    assert page.locator(".chapters [aria-current]").inner_text().endswith("Tanggapan warga")
    assert page.locator(".transcript .now").inner_text() == "Kalimat nomor 20 dari berita ini."


def test_the_transcript_follows_and_scrolls(show: Show, page: Any) -> None:
    loaded(page, address(show))
    page.evaluate("document.querySelector('audio').currentTime = 80; document.querySelector('audio').play()")
    until(page, "document.querySelector('.now')?.textContent.includes('nomor 27')")
    until(page, "document.querySelector('.now').getBoundingClientRect().top < innerHeight")
    player = page.locator(".player").bounding_box()
    assert player["y"] >= -1, "the player stays in sight"


def test_lines_by_keyboard(show: Show, page: Any) -> None:
    loaded(page, address(show))
    page.locator("[data-end]").first.focus()
    for _ in range(7):
        page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.textContent") == "Kalimat nomor 7 dari berita ini."
    page.keyboard.press("Enter")
    until(page, "document.querySelector('audio').currentTime >= 21.2")
    assert page.locator("[data-end][tabindex='0']").count() == 1


def test_keys_buttons_and_speed(show: Show, page: Any) -> None:
    loaded(page, address(show))
    page.keyboard.press("l")
    assert now(page) == pytest.approx(30, abs=0.5)
    page.keyboard.press("j")
    assert now(page) == pytest.approx(15, abs=0.5)
    page.keyboard.press("k")
    until(page, "!document.querySelector('audio').paused")
    page.get_by_role("button", name="30 detik").click()
    until(page, "document.querySelector('audio').currentTime > 44")
    page.get_by_role("button", name="Kecepatan").click()
    assert page.evaluate("document.querySelector('audio').playbackRate") == 1.25
    loaded(page, address(show))
    assert page.evaluate("document.querySelector('audio').playbackRate") == 1.25, "and is remembered"


def test_links_to_a_moment_and_the_place_that_is_remembered(show: Show, page: Any) -> None:
    loaded(page, address(show) + "#t=0:47")
    until(page, "document.querySelector('audio').currentTime === 47")
    assert not playing(page)
    page.evaluate("location.hash = 't=33'")
    until(page, "document.querySelector('audio').currentTime >= 33")
    page.evaluate("document.querySelector('audio').pause()")
    page.wait_for_timeout(200)
    page.goto("about:blank")
    loaded(page, address(show))
    until(page, "document.querySelector('audio').currentTime >= 33")
    assert "Dilanjutkan dari 0:3" in page.locator(".player .told").inner_text()


def test_one_voice_at_a_time(show: Show, page: Any) -> None:
    page.goto((show.root / "index.html").as_uri())
    page.evaluate("document.querySelectorAll('audio')[1].play()")
    until(page, "!document.querySelectorAll('audio')[1].paused")
    page.evaluate("document.querySelectorAll('audio')[0].play()")
    until(page, "document.querySelectorAll('audio')[1].paused")
    assert playing(page)


def test_search_finds_titles_of_all_months(show: Show, page: Any) -> None:
    page.goto((show.root / "index.html").as_uri())
    page.get_by_role("searchbox").fill("LAMA 62")
    until(page, "document.querySelectorAll('.search li').length === 1")
    page.locator(".search a").click()
    assert page.locator("h1").inner_text() == "Berita lama 62"


def test_without_scripts_it_is_whole(show: Show, browser: Any) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address(show))
    assert page.locator("audio[controls]").is_visible() and page.locator(".chapters a").count() == 3
    assert not page.locator(".buttons").is_visible() and not page.locator(".follow").is_visible()
    page.goto((show.root / "index.html").as_uri())
    page.get_by_role("link", name="Februari 2024").click()
    assert page.locator(".list li").count() > 20
    context.close()


@pytest.mark.parametrize("look", LOOKS)
def test_axe_finds_nothing_and_here_is_a_picture(show: Show, browser: Any, look: str) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    PICTURES.mkdir(parents=True, exist_ok=True)
    context = browser.new_context(**LOOKS[look])
    page = context.new_page()
    month = (show.root / "archive" / "2024-02.html").as_uri()
    pages = {"episode": address(show) + "#t=62", "embed": address(show, "embed.html"), "month": month}
    for name, url in {**pages, "show": (show.root / "index.html").as_uri()}.items():
        page.goto(url)
        page.wait_for_timeout(200)
        page.screenshot(path=PICTURES / f"{name}-{look}.png", full_page=name == "show")
        found = axe.run(page).response["violations"]
        assert [(one["id"], one["nodes"][0]["html"]) for one in found] == []
        wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert wide <= 0, "nothing makes a phone scroll sideways"
    context.close()


@pytest.mark.skipif(not site_server.NGINX, reason="needs nginx: apt-get install nginx-light")
def test_the_strict_policy_of_our_nginx_example_holds(show: Show, page: Any, tmp_path: Path) -> None:
    with site_server.nginx(show.root, tmp_path / "nginx") as served:
        home = folder(show.root, long_episode()).relative_to(show.root).as_posix()
        answer = page.goto(f"{served}{home}/index.html")
        assert "default-src 'self'" in answer.headers["content-security-policy"]
        until(page, "document.querySelector('audio').readyState > 0")
        page.get_by_role("link", name="Harga beras").click()
        until(page, "document.querySelector('audio').currentTime > 15.2")
        assert page.evaluate("document.querySelector('track').track.cues?.length ?? -1") != 0
        page.goto(served)
        page.get_by_role("searchbox").fill("harga")
        until(page, "document.querySelectorAll('.search li').length === 1")
        page.set_content(f'<iframe src="{served}{home}/embed.html" width="600" height="190"></iframe>')
        frame = page.frame_locator("iframe")
        assert frame.get_by_role("button", name="30 detik").is_visible()


def test_pages_are_light(show: Show) -> None:
    home = folder(show.root, long_episode())
    assets = sum(path.stat().st_size for path in (show.root / "assets").iterdir())
    for page in (home / "index.html", home / "embed.html", show.root / "index.html"):
        assert page.stat().st_size + assets < 60_000
