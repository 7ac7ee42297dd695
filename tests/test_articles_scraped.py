"""Texts as scrapers leave them: glued, broken at links, doubled; what is the author's, what is the site's."""

import time

import pytest

from newscast.articles.blocks import Block, Cleaned, Dropped
from newscast.articles.cleaning import rules
from newscast.articles.cleaning.clean import clean
from newscast.articles.cleaning.dateline import cut_dateline
from newscast.articles.cleaning.glued import headline_end, without_links
from newscast.articles.cleaning.reflow import reflow
from newscast.articles.extraction.extract import document_of, extract
from newscast.articles.extraction.plaintext import blocks_of_text
from newscast.articles.left_out import explained, lost_sentences, notice, share_kept
from newscast.articles.page import Page, Read
from newscast.model import Article, Kind, Paragraph

BODY = (
    "Perajin di Desa Hulu menenun kain dengan benang dari serat nanas sejak musim kemarau tahun lalu.",
    "Seratnya dikerok dari daun, dicuci, lalu dijemur selama dua hari sampai warnanya menjadi putih.",
    "Menurut ketua kelompok itu, pembeli datang dari tiga kota dan memesan kain sebulan sebelumnya.",
    "Mereka kini mengajari anak-anak sekolah menenun setiap Sabtu sore di balai desa yang baru.",
)
TITLE = "Perajin Hulu Menenun Kain dari Serat Nanas"


def cleaned(*lines: str) -> Cleaned:
    return clean(blocks_of_text("\n".join(lines)), TITLE, marked_up=False)


def kept(*lines: str) -> list[str]:
    return [paragraph.text for paragraph in cleaned(*lines).paragraphs]


def read(*lines: str) -> Read:
    return extract(document_of(Page("", "\n".join(lines).encode(), "text/plain", "")))


HEADLINES = (
    ("Warga Hulu Menjemur Serat di Tepi Jalan Raya", "Ia menambahkan bahwa serat itu harus kering."),
    ("Harga Benang Naik Dua Kali dalam Sebulan", "Menurut Dwi, kenaikan itu wajar."),
    ("Lima Desa Belajar Menenun, Siapa Paling Cepat?", "Kain itu dijual di pasar."),
    ("Kain Nanas Tembus Pasar Solo", "Kepala Dinas Perindustrian Budi Santosa mengatakan pesanan naik."),
    ("Cara Mencuci Serat Nanas agar Tidak Rapuh", "“Kami merendamnya semalam,” kata Dwi."),
    ("Benang Impor Ditahan di Pelabuhan, Perajin Merugi Rp 25 Juta", "Pasalnya, surat jalannya hilang."),
    ("Sekolah Hulu Buka Kelas Tenun", "Namun, gurunya hanya dua orang."),
    ("Tenun Hulu Dipamerkan", "PT Serat Nusantara membeli seluruh hasil pameran itu."),
)


@pytest.mark.parametrize(("headline", "sentence"), HEADLINES)
def test_a_headline_ends_where_the_next_sentence_begins(headline: str, sentence: str) -> None:
    assert headline_end(f"{headline} {sentence}") == len(headline) + 1


@pytest.mark.parametrize("headline", [headline for headline, _ in HEADLINES])
def test_a_headline_that_nothing_follows_is_all_of_it(headline: str) -> None:
    assert headline_end(headline) == len(headline)


def test_a_headline_is_cut_at_a_seam() -> None:
    assert headline_end("Sekolah Hulu Buka Kelas TenunNamun gurunya dua orang.") == 29


@pytest.mark.parametrize(
    "label", [" Baca juga: ", "Baca Juga: ", " BACA JUGA : ", " Lihat juga:", " Pilihan Editor: "]
)
def test_related_links_between_sentences_are_cut_out(label: str) -> None:
    text = f"{BODY[0]}{label}Harga Benang Naik Dua Kali Ia menambahkan bahwa pembeli tetap datang."
    stays, dropped = without_links(text)
    assert stays == f"{BODY[0]} Ia menambahkan bahwa pembeli tetap datang."
    assert [piece.rule for piece in dropped] == ["related link"]


@pytest.mark.parametrize(
    "text",
    [
        '"Baca juga koran, jangan hanya judul," kata guru itu kepada para siswa.',
        "Ia membaca juga buku lama milik kakeknya, lalu menyalinnya dengan tangan.",
        "Warga diminta simak baik-baik: benang basah tidak boleh dijual di pasar.",
    ],
)
def test_the_same_words_in_a_sentence_are_the_authors(text: str) -> None:
    assert without_links(text) == (text, [])


def test_no_more_than_a_sentence_goes_with_a_link_that_cannot_be_told_apart() -> None:
    text = "Baca juga: harga benang naik lagi di pasar hulu pekan ini. Penjual mengaku rugi besar sekali."
    stays, dropped = without_links(text)
    assert stays == "Penjual mengaku rugi besar sekali." and len(dropped) == 1


BROKEN = """HULU, KABARNUSA.com
- Kelompok
Tenun Hulu
(
KTH
) mengumumkan kain dari
serat nanas
, Senin pagi.
Menurut Dwi,
kain itu
tahan dicuci.
Baca juga:
Harga Benang Naik Dua Kali dalam Sebulan
Dinas Perindustrian
membeli sepuluh lembar untuk pameran
.
Mereka akan menenun lagi sesudah panen.""".splitlines()


def test_lines_broken_at_links_are_put_together() -> None:
    assert kept(*BROKEN) == [
        "Kelompok Tenun Hulu (KTH) mengumumkan kain dari serat nanas, Senin pagi.",
        "Menurut Dwi, kain itu tahan dicuci.",
        "Dinas Perindustrian membeli sepuluh lembar untuk pameran.",
        "Mereka akan menenun lagi sesudah panen.",
    ]
    assert [d.rule for d in cleaned(*BROKEN).dropped] == ["dateline", "label: read also", "related headline"]


def test_a_subhead_in_a_broken_text_stays_alone() -> None:
    lines = [*BROKEN[:11], "Kain yang Tahan Lama", "Kain itu disimpan di lemari kayu.", *BROKEN[13:]]
    assert "Kain yang Tahan Lama" in kept(*lines)


def test_paragraphs_that_a_scrape_has_twice_are_read_once() -> None:
    assert kept(BODY[0], BODY[1], BODY[1], BODY[2], BODY[3], BODY[3]) == list(BODY)


def test_a_short_text_of_which_a_scrape_has_everything_twice_is_read_once() -> None:
    assert kept(*(line for line in BODY[:3] for _ in range(2))) == list(BODY[:3])


def test_a_text_of_one_paragraph_is_no_caption() -> None:
    text = f"{BODY[0]} {BODY[1]} Video: Kabar Hulu (Budi Santosa/Dwi Laksmi)"
    assert kept(text) == [f"{BODY[0]} {BODY[1]}"]


STAYS = """12 November 2026
15.30 WIB: Persada Hulu vs Laskar Teluk
Juara I: Desa Hulu, kain nanas
Serat Nanas
Kain ini dibuat bersama dinas (CFO/CCO).
Kami menyimpannya dalam peti kayu yang kering 😀
Unduh formulirnya lewat aplikasi desa.
Buka aplikasi WhatsApp, lalu pilih menu Setelan.
Iklan kain itu tayang sebulan penuh.
Komentar pembeli beragam.
"Baca juga buku pola," kata Dwi kepada para siswa.
Selengkapnya ia tuturkan dalam bukunya.
Halaman rumahnya luas.
1. Benang nanas
Artikel ini ditulis oleh siswa yang tinggal di desa itu.""".splitlines()


@pytest.mark.parametrize("line", STAYS)
def test_what_is_the_authors_stays(line: str) -> None:
    assert len(kept(*BODY[:2], line, *BODY[2:])) == 5


def test_a_list_that_ends_the_article_stays_with_what_leads_to_it() -> None:
    steps = ["Yang perlu disiapkan ialah", "Daun nanas tua", "Pisau tumpul", "Ember"]
    assert kept(*BODY, *steps, "(dwi/eko)", "nanas", "tenun") == [*BODY, *steps]


def test_an_announced_list_of_a_page_stays_though_its_items_are_links_or_orders() -> None:
    items = [Block(text, Kind.ITEM, linked=1.0) for text in ("Kain Hulu", "Benang dan Air Mata")]
    steps = [Block(text, Kind.ITEM) for text in ("Unduh aplikasi Tenun gratis", "Klik Lapor")]
    blocks = [*map(Block, BODY[:2]), Block("Berikut daftarnya:"), *items, *steps, *map(Block, BODY[2:])]
    assert len(clean(blocks, TITLE).paragraphs) == 9


def test_sentences_said_again_on_purpose_stay() -> None:
    prayer = ["Ucapkan kalimat ini:", "Semoga kain ini kuat", "Anak mengulang:", "Semoga kain ini kuat"]
    assert kept(*BODY[:2], *prayer, *BODY[2:]) == [*BODY[:2], *prayer, *BODY[2:]]


def test_a_site_that_speaks_for_itself_inside_a_paragraph_is_cut_out() -> None:
    asks = "Simak berita terbaru lainnya hanya di saluran WhatsApp kami. Pasang dulu aplikasi WhatsApp."
    told = cleaned(*BODY[:3], f"{BODY[3]} {asks}")
    assert [p.text for p in told.paragraphs] == list(BODY)
    assert {d.rule for d in told.dropped} == {"follow us"}
    assert rules.without_promotion(BODY[3])[0] == BODY[3]


def test_a_note_goes_with_the_star_that_refers_to_it() -> None:
    lines = [f"{BODY[0][:-1]}*", *BODY[1:], "* Harga tanpa ongkos kirim."]
    assert [d.rule for d in cleaned(*lines).dropped] == ["footnote"]


def test_a_caption_stands_beside_its_credit() -> None:
    lines = [BODY[0], "KABARNUSA.com/DWI LAKSMI", "Perajin menjemur serat, Senin (3/3/2025).", *BODY[1:]]
    assert kept(*lines) == list(BODY)


def test_names_behind_the_last_sentence_are_cut_off() -> None:
    assert kept(*BODY[:3], f"{BODY[3]}(Budi Santosa/Dwi Laksmi)") == list(BODY)


@pytest.mark.parametrize(
    "dateline",
    [
        "Kabarnusa.com, Jakarta",
        "Kabarnusa.com, Muara Hulu ",
        "Kabarnusa.com, Muara Hulu",
        "HULU- ",
        "KABARNUSA.com,Jakarta-",
        "Muara Hulu, Kabarnusa.example - ",
        "Jakarta, 6 Maret 2024 - ",
        "Jakarta-",
    ],
)
def test_a_dateline_without_its_dash_or_its_spaces(dateline: str) -> None:
    assert cut_dateline(f"{dateline}Memasuki musim panen, perajin sibuk.", first=True) == (
        "Memasuki musim panen, perajin sibuk."
    )


@pytest.mark.parametrize(
    "title",
    [
        "Cek Fakta: Benarkah Kain Nanas Beracun?",
        "Infografis: Lima Cara Menenun",
        "FOTO: Perajin Hulu Menenun",
        "Video: Detik-detik Benang Putus",
        "Simak Cara Menenun Kain Nanas",
        "Jadwal Pasar Kain Selasa 10 Juni 2025, Lengkap dari Pagi",
        "Kain Nanas",
        "Opini: Benang Kita",
    ],
)
def test_the_first_line_is_the_title_whatever_it_says(title: str) -> None:
    told = read(title, "", "Selasa, 10 Juni 2025 09:32 WIB", "", *BODY).article
    assert (told.title, told.titled) == (title, True)
    assert [paragraph.text for paragraph in told.paragraphs] == list(BODY)


def test_mojibake_is_read() -> None:
    broken = f"{BODY[0]} â€œKainnya kuat,â€\x9d kata Dwi."
    assert read(TITLE, broken, *BODY[1:]).article.paragraphs[0].text == f"{BODY[0]} “Kainnya kuat,” kata Dwi."


MENU = (
    "Masuk",
    "Daftar",
    "Beranda",
    "Kabar Hulu > Daerah",
    TITLE,
    "Dwi - Kabar Hulu",
    "10 Juni 2025 09:32 WIB",
)
FRAME = (
    "Bagikan",
    "Salin tautan",
    "Komentar",
    "Terpopuler",
    "Harga Benang Naik Lagi",
    "Benang Impor Ditahan",
)


@pytest.mark.parametrize(
    "title", [TITLE, "Cek Fakta: Kain Nanas Beracun", "FOTO: Menenun Kain Nanas di Hulu"]
)
def test_a_page_dumped_from_menu_to_footer(title: str) -> None:
    lines = [title if line == TITLE else line for line in MENU]
    told = read(*lines, *BODY, "Kabar Hulu telah terverifikasi Dewan Pers", *FRAME).article
    assert (told.title, [paragraph.text for paragraph in told.paragraphs]) == (title, list(BODY))


LOST = Dropped("Kain itu dijual di pasar kota dengan harga yang tinggi.", "repeated", at=1)
TOLD = Read(
    Article(title=TITLE, paragraphs=tuple(map(Paragraph, BODY[:2]))),
    (Dropped("Beranda", "above the title"), LOST, *[Dropped("Baca juga: Kain", "related link", at=2)] * 5),
)


def test_a_sentence_left_out_between_paragraphs_is_told() -> None:
    assert lost_sentences(TOLD) == (LOST,)
    assert notice(TOLD, "kain.txt") == "1 sentence left out: newscast script kain.txt --explain"
    assert notice(Read(TOLD.article), "kain.txt") == ""
    assert 0.5 < share_kept(TOLD) < 0.8


def test_the_whole_source_is_explained_in_its_order() -> None:
    assert list(explained(TOLD)) == [
        "dropped  above the title: Beranda",
        f"kept     {BODY[0]}",
        f"dropped  repeated: {LOST.text}",
        f"kept     {BODY[1]}",
        "dropped  related link: 5 lines, from 'Baca juga: Kain' to 'Baca juga: Kain'",
    ]


HOSTILE = {
    "labels": "Baca juga: Kain Hulu Dijual " * 4000,
    "capitals": "Kain " * 20000,
    "brackets": "(" * 9000 + "[" * 9000 + "{{" * 9000,
    "stops": "Aa. " * 20000,
    "credits": "ANTARA/Budi Santosa " * 4000,
    "quotes": '"Kain," kata ' * 6000,
    "spaces": "Kain" + " \u00a0" * 40000,
    "dates": "Senin (3/3/2025). " * 5000,
    "promotion": "Ikuti kami di sini " * 4000,
    "short lines": "kain\n" * 9000,
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_no_soup_takes_long(text: str) -> None:
    start = time.process_time()
    reflow(blocks_of_text(text))
    clean(blocks_of_text(text), TITLE, marked_up=False)
    assert time.process_time() - start < 8
