"""What is no article is refused by name; hostile pages do no harm; an article of many pages is read whole."""

import re
import time
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest
from test_articles_fetch import answer, serving

from newscast.articles.extraction.extract import document_of, extract
from newscast.articles.extraction.language import language_of
from newscast.articles.page import Page
from newscast.articles.read import read_article
from newscast.calendar import WITA
from newscast.errors import ExtractError, FetchError
from newscast.model import Article

PARAGRAPHS = (
    "Warga Desa Sukamaju memperbaiki saluran air yang rusak akibat longsor pekan lalu bersama para pelajar.",
    "Menurut kepala desa, pekerjaan itu akan selesai dalam dua hari karena semua orang ikut membantu.",
    "Air bersih sudah mengalir ke rumah warga sejak Rabu sore, tetapi tekanannya masih lemah di ujung desa.",
    "Mereka juga menanam bambu di tebing agar tanah tidak longsor lagi pada musim hujan yang akan datang.",
)
TITLE = "Warga Sukamaju Memperbaiki Saluran Air"


def markup(*paragraphs: str, title: str = TITLE, head: str = "", more: str = "") -> str:
    body = f"<h1>{title}</h1><div>{''.join(f'<p>{text}</p>' for text in paragraphs)}</div>{more}"
    return f"<html><head><title>{title}</title>{head}</head><body>{body}</body></html>"


def read(
    text: str | bytes, media_type: str = "text/html", charset: str = "", forced: bool = False
) -> Article:
    content = text if isinstance(text, bytes) else text.encode()
    return extract(document_of(Page("", content, media_type, charset)), forced=forced).article


LINKS = "".join(
    f'<li><a href="/{n}">Berita ke-{n} hari ini dari seluruh pelosok negeri</a></li>' for n in range(20)
)
ENGLISH = (
    "The mayor said that the bridge would be open to the public before the end of this year.",
    "Officials have been waiting for the report of the engineers since the beginning of the month.",
    "It was not the first time that the work on the bridge had to be stopped because of the rain.",
)
MALAY = (
    "Pengerusi persatuan itu berkata kerajaan akan membaiki jambatan kerana rosak selepas banjir besar.",
    "Beliau memberitahu bahawa kerja itu bermula pada Khamis manakala jalan lain dibuka kepada penduduk.",
    "Mangsa banjir diminta mendaftar di pejabat daerah sebelum Isnin, iaitu tarikh tutup bantuan itu.",
)
DUTCH = (
    "De burgemeester zei dat de brug voor het einde van het jaar weer open zou zijn voor het publiek.",
    "Het was niet de eerste keer dat het werk aan de brug stil lag vanwege de regen in de bergen.",
)
CARDS = "".join(
    f"<li><h3><a href=/{n}>Warga Menanam Bakau di Desa ke-{n}</a></h3><p>{text}</p></li>"
    for n, text in enumerate(
        f"Sebanyak {n} ribu bibit bakau ditanam warga desa ke-{n} di tepi pantai untuk menahan ombak besar."
        for n in range(2, 12)
    )
)
DATED_CARDS = CARDS.replace("<li>", "<li><span>2 jam yang lalu</span>")
PAYWALL = "<div>Artikel ini khusus pelanggan. Berlangganan untuk melanjutkan membaca.</div>"
LOCKED = '<script type="application/ld+json">{"@type":"NewsArticle","isAccessibleForFree":"False"}</script>'
REFUSED: dict[str, tuple[str | bytes, str]] = {
    "empty": (b" \n\0", "is empty"),
    "pdf": (b"%PDF-1.7 ...", "a PDF"),
    "picture": (b"\x89PNG\r\n\x1a\n", "a picture"),
    "binary": (bytes(range(32)) * 40, "a binary file"),
    "nothing": ("<html><body></body></html>", "no article"),
    "stub": (markup("Halo semua."), "no article"),
    "index": (markup(title="Kabar Nusa", more=f"<ul>{LINKS}</ul>"), "an index page"),
    "section": (
        markup(*PARAGRAPHS, head='<meta property="og:type" content="website">', more=f"<ul>{LINKS}</ul>"),
        "an index page",
    ),
    "404": (markup("Maaf, halaman itu sudah dipindahkan.", title="Halaman Tidak Ditemukan"), "404"),
    "login": (markup("Masukkan nama dan sandi Anda.", title="Masuk"), "a login page"),
    "paywall": (markup(PARAGRAPHS[0], more=PAYWALL), "paywall"),
    "locked": (markup(*PARAGRAPHS, head=LOCKED), "paywall"),
    "video": (markup(PARAGRAPHS[0], head='<meta property="og:type" content="video.other">'), "a video page"),
    "english": (markup(*ENGLISH), "not Indonesian but English"),
    "malay": (markup(*MALAY), "not Indonesian but Malay"),
    "dutch": (markup(*DUTCH), "another language"),
    "rss": ('<?xml version="1.0"?><rss version="2.0"><channel><title>K</title></channel></rss>', "a feed"),
    "sitemap": ('<urlset xmlns="x"><url><loc>https://a.example/</loc></url></urlset>', "a feed"),
    "photos": (
        markup("Warga menanam bakau.", title="FOTO: Warga Menanam Bakau", more=f"<ul>{LINKS}</ul>"),
        "a photo page with 3 words",
    ),
    "teasers": (markup(title="Kabar Hari Ini", more=f"<ul>{CARDS}</ul>"), "an index page"),
    "dated teasers": (
        markup(*PARAGRAPHS[:2], title="Kabar Hari Ini", more=f"<ul>{DATED_CARDS}</ul>"),
        "an index page",
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_no_article_is_refused_by_name(name: str) -> None:
    text, message = REFUSED[name]
    with pytest.raises(ExtractError, match=message) as caught:
        read(text)
    assert "\n" not in caught.value.message


FEW_SMALL_WORDS = {
    "weather": [
        f"{city}: pagi cerah berawan, siang hujan ringan, malam berawan tebal, suhu 24 hingga 31 derajat."
        for city in ("Rawa Selatan", "Rawa Utara", "Tanjung Hulu", "Tanjung Hilir", "Bukit Batu")
    ],
    "recipe": [
        "Bahan: 300 gram tepung beras, 200 mililiter santan kental, daun pandan, gula merah, garam.",
        "Rebus santan, masukkan daun pandan, aduk hingga mendidih, angkat, tuang pelan-pelan, aduk rata.",
        "Kukus adonan 25 menit, dinginkan, potong kotak, taburi kelapa parut, sajikan hangat bersama teh.",
    ],
    "kingdom": [
        "Beliau memamerkan busana putri kerajaan, lengkap dengan polis asuransi museum daripada tahun lalu.",
        "Mahkamah Konstitusi menerima gugatan ahli waris kerajaan atas hospital tua milik syarikat dagang.",
        "Kerajaan kecil itu pernah membeli kapal dengan wang perak, tulis peneliti dalam buku barunya.",
    ],
    "line-up": [
        "Persatuan Rawa: Budi; Wiji, Rahman, Tono, Agus; Slamet, Joko, Darma; Putra, Eko, Yanto.",
        "Persatuan Hulu: Made; Ketut, Wayan, Nyoman, Gede; Komang, Putu, Kadek; Agung, Rai, Oka.",
        "Pelatih: Sastro (Rawa), Nengah (Hulu). Wasit: Bambang Kusuma.",
    ],
}


@pytest.mark.parametrize("name", FEW_SMALL_WORDS)
def test_what_has_few_small_words_or_old_ones_is_indonesian(name: str) -> None:
    assert language_of("\n".join(FEW_SMALL_WORDS[name])) == "id"


@pytest.mark.parametrize("name", ["index", "english", "stub", "photos", "paywall", "video"])
def test_a_refusal_says_what_can_be_done(name: str, tmp_path: Path) -> None:
    page = tmp_path / "halaman ini.html"
    text = REFUSED[name][0]
    page.write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(ExtractError) as caught:
        read_article(str(page))
    assert f"newscast make '{page}' --force" in caught.value.hint
    if name not in ("stub", "index"):
        assert read_article(str(page), forced=True).article.title


@pytest.mark.parametrize(
    "offer",
    [
        "Artikel ini hanya untuk pelanggan Kabar Plus.",
        "Silakan berlangganan untuk membaca berita ini secara lengkap",
        "Anda harus login untuk membaca artikel ini",
        "Sisa artikel ini tersedia bagi pembaca premium",
        "Daftar gratis untuk melanjutkan membaca",
        "Baca selengkapnya dengan berlangganan mulai Rp50.000",
    ],
)
def test_an_offer_to_pay_closes_a_stub_and_a_sentence_does_not(offer: str) -> None:
    with pytest.raises(ExtractError, match="paywall"):
        read(markup(*PARAGRAPHS[:2], more=f"<div>{offer}</div>"))
    about = (
        "Polisi menyita akun yang mengunggah konten itu dan meminta anggota grup tidak masuk lagi ke sana "
        "untuk membaca berita bohong."
    )
    assert [p.text for p in read(markup(PARAGRAPHS[0], about)).paragraphs] == [PARAGRAPHS[0], about]


def test_a_button_to_scroll_is_no_paywall_and_linked_subheads_are_no_index() -> None:
    scroll = "<div>Scroll down untuk melanjutkan membaca</div>"
    assert len(read(markup(*PARAGRAPHS[:2], more=scroll)).paragraphs) >= 2
    spots = "".join(
        f"<h2><a href=/{n}>Pantai ke-{n} di Utara</a></h2><p>Pantai itu punya {n} gua dan pasir putih.</p>"
        for n in range(2, 9)
    )
    article = read(markup(*PARAGRAPHS, more=f"{spots}<p>Selamat jalan ke pantai-pantai yang indah itu.</p>"))
    assert len(article.paragraphs) >= len(PARAGRAPHS)


def test_another_language_may_be_forced_and_is_told() -> None:
    text, _ = REFUSED["english"]
    article = read(text, forced=True)
    assert len(article.paragraphs) == 3
    assert article.language == "en"
    assert read(markup(*PARAGRAPHS)).language == "id"
    javanese = markup("Wong desa padha gotong royong ndandani kalen sing rusak amarga lemah longsor. " * 4)
    assert read(javanese, forced=True).language == ""
    assert read(javanese.replace("<html", '<html lang="jv"'), forced=True).language == "jv"


def test_an_article_is_not_taken_for_an_index_or_a_paywall() -> None:
    article = read(markup(*PARAGRAPHS, more=f"<p><a href=/plus>Berlangganan</a></p><ul>{LINKS}</ul>"))
    assert [p.text for p in article.paragraphs] == list(PARAGRAPHS)


@pytest.mark.parametrize("declared", ["utf-8", "iso-8859-1", "", "tidak-ada"])
@pytest.mark.parametrize("real", ["utf-8", "utf-8-sig", "utf-16", "windows-1252"])
def test_the_charset_is_found_whatever_is_declared(declared: str, real: str) -> None:
    quoted = f"“Café” {PARAGRAPHS[0]}"
    article = read(markup(quoted, *PARAGRAPHS[1:]).encode(real), charset=declared)
    assert article.paragraphs[0].text.endswith(PARAGRAPHS[0][-60:])
    if declared != "iso-8859-1" or real != "windows-1252":  # which declares its quotation marks away
        assert article.paragraphs[0].text == quoted


@pytest.mark.parametrize(
    "title",
    [
        "Warga \u202eSukamaju\u202c Memperbaiki\0 Saluran\u200b Air",
        "Warga Sukamaju &amp;lt;script&amp;gt;alert(1)&amp;lt;/script&amp;gt; Memperbaiki Saluran Air",
        "Warga Sukamaju Memperbaiki Saluran &#x200f;&#32;Air",
        "Warga Sukamaju\n\tMemperbaiki&nbsp;Saluran Air",
    ],
)
def test_tricks_in_titles_are_taken_out(title: str) -> None:
    shown = read(markup(*PARAGRAPHS, title=title)).title
    assert shown.replace("alert(1) ", "") == TITLE


def test_a_million_tags_deep_is_read_in_bounded_time() -> None:
    begun = time.process_time()
    with pytest.raises(ExtractError):
        read("<html><body>" + "<div>" * 1_900_000)
    assert read(markup(*PARAGRAPHS, more="<b><i>" * 400_000)).title == TITLE
    assert time.process_time() - begun < 10


@pytest.mark.parametrize("line", ["kata ", "Baca juga: Air\n", "Air naik.\n", "(a/b)\n"])
def test_a_huge_text_is_read_or_refused_in_bounded_time(line: str) -> None:
    begun = time.process_time()
    with pytest.raises(ExtractError):
        read("\n".join(PARAGRAPHS) + "\n" + line * (1_000_000 // len(line)), "text/plain")
    assert time.process_time() - begun < 10


def test_broken_json_ld_is_passed_over() -> None:
    scripts = [
        '{"@type": "NewsArticle", "headline": ["x',
        "[" * 50_000,
        '{"@type":"Article","author":[[]],"image":7}',
    ]
    head = "".join(f'<script type="application/ld+json">{text}</script>' for text in scripts)
    assert read(markup(*PARAGRAPHS, head=head)).title == TITLE


SCRAPED = "\n\n".join(
    [
        "Beranda | Daerah | Ekonomi | Olahraga | Indeks",
        TITLE,
        "Daerah | Rabu, 6 Maret 2024 16:37 WITA",
        "Foto: Warga bergotong royong. (Kabar Nusa/Budi)",
        f"SUKAMAJU, KABAR NUSA - {PARAGRAPHS[0]}",
        *PARAGRAPHS[1:3],
        f"{PARAGRAPHS[3]} (abc/def) Baca juga: Jalan ke Puncak Ditutup",
        "Situs ini memakai cookie. Dengan melanjutkan, Anda menyetujui kebijakan privasi kami.",
    ]
)


def test_text_in_the_form_of_a_scraped_page() -> None:
    told = extract(document_of(Page("", SCRAPED.encode(), "text/plain", "")))
    article, left = told.article, told.dropped
    assert (article.title, [p.text for p in article.paragraphs]) == (TITLE, list(PARAGRAPHS))
    assert article.published is not None
    assert article.published.isoformat() == "2024-03-06T16:37:00+08:00"
    assert "cookie notice" in {d.rule for d in left}


EXAMPLE = Path(__file__).parent.parent / "examples" / "pasar-terapung.txt"


@pytest.mark.parametrize("text", [EXAMPLE.read_text("utf-8"), SCRAPED], ids=["example", "scraped"])
def test_every_word_is_kept_or_explained(text: str) -> None:
    told = extract(document_of(Page("", text.encode(), "text/plain", "")))
    article, left = told.article, told.dropped
    kept = [article.title, *(p.text for p in article.paragraphs)]
    words = sorted(re.findall(r"\w+", text))
    assert sorted(re.findall(r"\w+", " ".join([*kept, *(d.text for d in left)]))) == words
    assert {"above the title", "dateline", "date"} <= {d.rule for d in left}


def test_a_text_without_a_title_says_so() -> None:
    article = read("\n".join(PARAGRAPHS), "text/plain")
    assert not article.titled
    assert article.title == "Warga Desa Sukamaju memperbaiki saluran air yang rusak akibat longsor …"
    assert read("\n".join([TITLE, *PARAGRAPHS]), "text/plain").titled


@pytest.mark.parametrize(
    "below",
    [
        [TITLE, "Kepala desa memuji warga yang memperbaiki saluran air"],
        ["Kabar Daerah", TITLE, "6 Maret 2024 16:37"],
        [f"{TITLE} | Kabar Nusa", "6 Maret 2024", TITLE],
        [f"Beranda Daerah {TITLE}", TITLE],
        ["Nelayan Temukan Rumpon Tua", "Kabar Lain", "Nelayan Temukan Rumpon Tua", TITLE],
    ],
)
def test_the_title_is_found_in_a_text(below: list[str]) -> None:
    assert read("\n".join([*below, *PARAGRAPHS]), "text/plain").title == TITLE


@pytest.mark.parametrize(
    "title",
    [
        "Cek Fakta: Warga Sukamaju Tidak Pernah Menolak Bantuan Air",
        "Infografis: Saluran Air Sukamaju",
        "FOTO: Gotong Royong di Sukamaju",
        "Opini: Air untuk Semua",
        "Jadwal Kapal Selasa 10 Juni 2025",
        "Simak Cara Memperbaiki Saluran Air",
        "Baca Juga Buku Lama",
        "Lumpur Surut",
        "Banjir",
        "Hari Ini - Esok - Lusa",
        "Kapan Hujan Reda?",
    ],
)
@pytest.mark.parametrize("where", ["h1 og", "h1", "og", "©"])
def test_any_headline_is_the_headline(title: str, where: str) -> None:
    head = '<meta property="og:site_name" content="Kabar Selat">' if "og" in where else ""
    head += f'<meta property="og:title" content="{title}">' if "og" in where else ""
    page = markup(*PARAGRAPHS, title=title, head=head, more="<footer>© 2025 Kabar Selat</footer>")
    page = page.replace(f"<title>{title}</title>", f"<title>{title} | Kabar Selat</title>")
    if "h1" not in where:
        page = page.replace("<h1>", "<b>").replace("</h1>", "</b>")
    article = read(page)
    assert (article.title, [p.text for p in article.paragraphs]) == (title, list(PARAGRAPHS))


def test_todays_date_in_a_menu_is_not_the_articles() -> None:
    lines = ["Rabu, 1 Mei 2024", "Beranda", "Daerah", "Olahraga", TITLE, *PARAGRAPHS]
    lines += ["Berita Terkait", "Nelayan Temukan Rumpon Tua", "Pemuda Menjaga Pantai", "2 Mei 2024"]
    assert read("\n".join(lines), "text/plain").published is None


def test_a_time_without_zone_is_of_the_shows_zone() -> None:
    text = "\n".join([TITLE, "6 Maret 2024 16:37", *PARAGRAPHS])
    published = extract(document_of(Page("", text.encode(), "text/plain", "")), zone=WITA).article.published
    assert published is not None
    assert published.isoformat() == "2024-03-06T16:37:00+08:00"


def test_markdown_is_read() -> None:
    parts = [
        f"# {TITLE}",
        "6 Maret 2024",
        PARAGRAPHS[0],
        "## Air *bersih*",
        "- cangkul\n- **sekop**",
        "[Menurut](x)",
    ]
    text = "\n\n".join(parts) + PARAGRAPHS[1].removeprefix("Menurut")
    article = read(text, "text/markdown")
    assert [(p.kind.value, p.text) for p in article.paragraphs] == [
        ("body", PARAGRAPHS[0]),
        ("subhead", "Air bersih"),
        ("item", "cangkul"),
        ("item", "sekop"),
        ("body", PARAGRAPHS[1]),
    ]
    assert article.title == TITLE


def pages(to: BaseHTTPRequestHandler) -> None:
    """An article on three pages; /semua/... offers it whole as well."""
    path, _, query = to.path.partition("?")
    number = int(query.removeprefix("page=") or 1) if query != "page=all" else 0
    shown = PARAGRAPHS if number == 0 else PARAGRAPHS[:2] if number == 1 else PARAGRAPHS[number : number + 1]
    links = "".join(f'<a href="{path}?page={n}">{n}</a> ' for n in (1, 2, 3))
    links += '<a href="/berita/lain">Selanjutnya</a>'
    if path.startswith("/semua"):
        links += f'<a href="{path}?page=all">Tampilkan Semua</a>'
    if path == "/putus" and number == 3:
        answer(to, b"", 404)
    else:
        answer(to, markup(*shown, more=links).encode())


@pytest.mark.parametrize(("path", "requests"), [("/berita/1", 3), ("/semua/1", 2)])
def test_an_article_of_many_pages_is_read_whole(path: str, requests: int) -> None:
    with serving(pages) as (base, seen):
        article = read_article(base + path).article
    assert [p.text for p in article.paragraphs] == list(PARAGRAPHS)
    assert article.url == base + path
    assert len(seen) == requests


def test_a_missing_page_is_an_error_and_not_half_an_article() -> None:
    with serving(pages) as (base, _), pytest.raises(FetchError, match="404"):
        read_article(base + "/putus")


def test_the_error_names_the_source(tmp_path: Path) -> None:
    (tmp_path / "kosong.txt").write_bytes(b"")
    with pytest.raises(ExtractError, match=r"kosong\.txt: it is empty"):
        read_article(str(tmp_path / "kosong.txt"))
