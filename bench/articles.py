"""How fast a page becomes an article, beside trafilatura alone on the same pages.

trafilatura's own extraction with metadata is what newscast would otherwise call; both start from the bytes
of an invented page of ordinary size (menus, 30 related links, 24 paragraphs) and run in turn, so that a busy
machine slows both.
"""

from time import process_time

import trafilatura

from newscast.articles.extraction.extract import document_of, extract
from newscast.articles.page import Page

#: trafilatura's time over ours: above 0.667, we take at most 1.5 times its time.
FLOORS = {"speed beside trafilatura": 0.667, "pages a second": 20.0}
RATIOS = {"speed beside trafilatura"}
ROUNDS = 12
PAGES = 6

_SENTENCES = (
    "Warga memperbaiki saluran air yang rusak akibat longsor bersama para pelajar dari desa sebelah.",
    "Menurut kepala desa, pekerjaan itu akan selesai dalam dua hari karena semua orang ikut membantu.",
    '"Kami tidak mau menunggu lebih lama," katanya kepada para tamu di balai desa, Rabu pagi.',
)


def page(number: int) -> bytes:
    """One invented page; no two share a line of their text, so that nothing is known from the page before."""
    title = f"Desa ke-{number} Memperbaiki Saluran Air"
    menu = "".join(
        f'<li class="nav__item"><a href="/kanal/{n}">Kanal {n}-{number}</a></li>' for n in range(60)
    )
    body = "".join(
        f"<p>Pada hari ke-{n} tahun ke-{number}, {_SENTENCES[n % 3]} {_SENTENCES[(n + number) % 3]}</p>"
        f"{f'<p><strong>Baca juga: <a href=/{n}>Kabar Lain dari Desa</a></strong></p>' if n % 5 == 4 else ''}"
        for n in range(24)
    )
    card = '<div class="card"><h3><a href="/b/{0}">Berita {1} Terkait Nomor {0}</a></h3></div>'
    related = "".join(card.format(n, number) for n in range(30))
    return f"""<!DOCTYPE html><html lang="id"><head><meta charset="utf-8"><title>{title} - Kabar Nusa</title>
    <meta property="og:title" content="{title}"><meta property="og:type" content="article">
    <script type="application/ld+json">{{"@type": "NewsArticle", "headline": "{title}",
    "datePublished": "2024-03-05T07:16:35+07:00"}}</script></head>
    <body><ul class="nav">{menu}</ul><main><h1>{title}</h1>
    <div class="date">Selasa, 05 Mar 2024 07:16 WIB</div>
    <div class="detail__body">{body}<p>(abc/def)</p></div></main>
    <aside class="terkait">{related}</aside><footer>Hak cipta Kabar Nusa</footer></body></html>""".encode()


def measure() -> dict[str, float]:
    """Both read the same pages, page by page in turn; processor time, the best round of each."""
    ours: list[float] = []
    theirs: list[float] = []
    for turn in range(ROUNDS):
        spent = [0.0, 0.0]
        for number in range(turn * PAGES, (turn + 1) * PAGES):
            content = page(number)
            start = process_time()
            trafilatura.bare_extraction(content, include_comments=False, with_metadata=True)
            middle = process_time()
            extract(document_of(Page("", content, "text/html", "utf-8")))
            spent = [spent[0] + middle - start, spent[1] + process_time() - middle]
        theirs.append(spent[0])
        ours.append(spent[1])
    return {"speed beside trafilatura": min(theirs) / min(ours), "pages a second": PAGES / min(ours)}
