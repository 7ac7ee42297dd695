"""Lines that are chrome and lines that are the author's; datelines; dates; languages."""

import textwrap
import time
from datetime import datetime, timedelta, timezone
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newscast.articles.blocks import Cleaned
from newscast.articles.cleaning import rules
from newscast.articles.cleaning.clean import clean
from newscast.articles.cleaning.dateline import cut_dateline
from newscast.articles.dates import Moment, find_moment, find_stamp, is_date_line, settle
from newscast.articles.extraction.language import language_of
from newscast.articles.extraction.plaintext import blocks_of_text
from newscast.calendar import WIB, WIT, WITA
from newscast.model import Kind

BODY = (
    "Warga Desa Sukamaju memperbaiki saluran air yang rusak akibat longsor pekan lalu bersama para pelajar.",
    "Menurut kepala desa, pekerjaan itu akan selesai dalam dua hari karena semua orang ikut membantu.",
    "Air bersih sudah mengalir ke rumah warga sejak Rabu sore, tetapi tekanannya masih lemah di ujung desa.",
    "Mereka juga menanam bambu di tebing agar tanah tidak longsor lagi pada musim hujan yang akan datang.",
)
CHROME = """
Baca juga: Jalan ke Puncak Ditutup Selama Sepekan
BACA JUGA : Jalan ke Puncak Ditutup Selama Sepekan
Baca Juga Jalan ke Puncak Ditutup Selama Sepekan
Baca: Jalan ke Puncak Ditutup
Lihat Juga :
Simak juga video 'Longsor di Puncak':
Saksikan video pilihan berikut ini:
Tonton video selengkapnya di bawah ini!
Halaman Selanjutnya
Halaman: 1 2 3
1 dari 3 halaman
Selanjutnya >
ADVERTISEMENT
SCROLL TO CONTINUE WITH CONTENT
[Gambas:Video 20detik]
Advertisement
Foto: Dwi Laksmi/kabarnusa
Ilustrasi longsor. (Foto: Istimewa)
Warga bergotong royong, Rabu (6/3/2024). (ANTARA FOTO/Budi Santosa)
Ilustrasi air bersih. Sumber foto: Freepik
Artikel ini telah tayang di Kabar Nusa dengan judul Warga Memperbaiki Saluran Air
Ikuti berita kami di Google News
Dapatkan berita pilihan setiap hari lewat WhatsApp Channel kami. Klik di sini untuk bergabung.
Cek Berita dan Artikel yang lain di Google News
Yuk, ikuti kami di Instagram!
Dilarang keras mengambil konten tanpa izin tertulis dari redaksi.
Lihat postingan ini di Instagram
Sebuah kiriman dibagikan oleh Desa Sukamaju (@sukamaju)
Laporan Wartawan Kabar Nusa, Budi Santosa
Bagikan
1.204 Views
3 jam yang lalu
#longsor #airbersih
Situs ini menggunakan cookie untuk kenyamanan Anda.
Kapolsek Sebut Pelaku Masih Berkeliaran di Sekitar Terminal
Intip Rumah Baru Pelawak Ternama, Ada Kolam Ikan dan Kebun Anggur!
Berikut video lengkapnya.
Daftarkan email
Ikuti terus perkembangan terkini dari desa-desa kami.
Tulisan warga di kanal ini tidak mewakili pandangan redaksi Kabar Nusa.
SINAR/Dwi Laksmi Ayu
Warga menjemur padi di halaman balai desa. - Getty Images
- Reuters
"""
AUTHORS = """
"Tidak."
"Kami siap membantu"
Kami pulang.
Apa sebabnya?
Ia lalu menulis di Instagram bahwa airnya sudah jernih lagi.
Simak penjelasan Sulaiman tentang cara menjaga mata air itu berikut ini.
Dewan Pers meminta Google News membayar penerbit lokal mulai tahun depan.
Tayangan itu dilihat dua ribu kali dalam sehari.
Penulis buku itu juga seorang guru di desa sebelah.
Saluran itu rampung dalam sehari, kata kepala desa seusai kerja bakti, Kamis (7/3) pagi.
Kerja bakti itu dijaga para anggota TNI/Polri.
Biayanya setara dua ribu dolar (kurs Rp16.200/dolar).
Menurut Badan Pengelola Irigasi (BPI) Sukamaju. Airnya akan cukup sampai musim tanam berikutnya.
Air yang mengalir ke sawah belum juga jernih sampai hari ini
"""


def read(*lines: str) -> Cleaned:
    return clean(blocks_of_text("\n".join(lines)), "", marked_up=False)


def cleaned(*lines: str) -> list[str]:
    return [p.text for p in read(*lines).paragraphs]


@pytest.mark.parametrize("line", CHROME.strip().splitlines())
def test_chrome_between_paragraphs_goes_and_is_explained(line: str) -> None:
    assert cleaned(*BODY[:2], line, *BODY[2:]) == list(BODY)
    left = read(*BODY[:2], line, *BODY[2:]).dropped
    assert left[0].rule
    assert left[0].text.strip("!: ") in line


@pytest.mark.parametrize("line", AUTHORS.strip().splitlines())
def test_the_authors_lines_stay(line: str) -> None:
    assert cleaned(*BODY[:2], line, *BODY[2:]) == [*BODY[:2], line, *BODY[2:]]


TAILS = "(mea/mea)|(fyk)|(Ism)|(***Budi)|(boy/jpnn)|(Ant)|[gas]|(H-2)|***|DWI LAKSMI".split("|")
TAILS += ["Baca juga: Air Naik", "Editor: Budi", "DWI LAKSMI | EKO P"]


@pytest.mark.parametrize("tail", TAILS)
def test_what_is_glued_to_a_paragraph_is_cut(tail: str) -> None:
    assert cleaned(*BODY[:3], f"{BODY[3]} {tail}") == list(BODY)


@pytest.mark.parametrize("code", ["(mea/mea)", "(Fahmi Firdaus)", "(cr-4)"])
def test_nothing_follows_a_closing_code(code: str) -> None:
    teaser = (
        "Seorang nelayan menemukan rumpon tua yang terdampar di pantai utara lalu melapor kepada petugas."
    )
    assert cleaned(*BODY, code, teaser) == list(BODY)


def test_what_stands_above_the_article_is_not_its_beginning() -> None:
    caption = (
        "Para pelajar dan warga berfoto bersama di tepi saluran. Di belakang mereka balai desa (Rabu, 6/3)"
    )
    slide = "Musim hujan datang lebih awal di pegunungan."
    told = read(slide, slide, "Kumpulan Kabar", caption, *BODY)
    assert [p.text for p in told.paragraphs] == list(BODY)
    assert [d.text for d in told.dropped] == [slide, slide, "Kumpulan Kabar", caption]


def test_a_line_above_the_article_that_comes_again_is_said_in_its_place() -> None:
    assert cleaned(BODY[2], *BODY) == list(BODY)


def test_headlines_below_the_article_do_not_bring_it_back() -> None:
    teaser = (
        "Seorang nelayan yang pulang pagi menemukan rumpon tua yang terdampar di pantai utara dan kini "
        "dijaga para pemuda dari tiga desa sampai petugas pelabuhan datang untuk menariknya"
    )
    assert cleaned(*BODY, "Nelayan Temukan Rumpon Tua", "Pemuda Menjaga Pantai", teaser) == list(BODY)


def test_a_pull_quote_is_not_said_twice() -> None:
    assert cleaned(BODY[0], "... pekerjaan itu akan selesai dalam dua hari...", *BODY[1:]) == list(BODY)


def test_broken_lines_are_mended_and_lists_are_kept() -> None:
    text = [
        BODY[0][:61],
        BODY[0][61:].strip(),
        "Yang dibawa warga:",
        "cangkul dan sekop",
        "bambu petung",
        *BODY[1:],
    ]
    paragraphs = clean(blocks_of_text("\n".join(text)), "", marked_up=False).paragraphs
    assert [(p.kind, p.text) for p in paragraphs[:4]] == [
        (Kind.BODY, BODY[0]),
        (Kind.BODY, "Yang dibawa warga:"),
        (Kind.ITEM, "cangkul dan sekop"),
        (Kind.ITEM, "bambu petung"),
    ]


def test_text_that_links_have_broken_is_made_whole() -> None:
    lines = [
        "SUKAMAJU, LINTAS.com",
        f"– {BODY[0]}",
        "Hal itu dikatakan kepala desa yang baru kepada",
        "Lintas.com",
    ]
    lines += [", Rabu pagi.", "Pertama", ", saluran air dibersihkan bersama.", *BODY[1:]]
    assert cleaned(*lines) == [
        BODY[0],
        "Hal itu dikatakan kepala desa yang baru kepada Lintas.com, Rabu pagi.",
        "Pertama, saluran air dibersihkan bersama.",
        *BODY[1:],
    ]


def test_a_bracket_that_a_link_broke_is_closed() -> None:
    broken = [
        "Pekerjaan itu diawasi Badan Pengelola Irigasi (",
        "BPI) bersama para pemuda dari desa sebelah.",
    ]
    assert cleaned(*BODY, *broken) == [*BODY, "".join(broken)]


def test_text_cut_at_a_width_is_made_whole() -> None:
    text = "\n\n".join("\n".join(textwrap.wrap(f"{a} {b}", 72)) for a, b in pairwise(BODY))
    blocks = blocks_of_text(text + "\n\n" + "\n".join(textwrap.wrap(" ".join(BODY), 72)))
    assert [b.text for b in blocks[:2]] == [f"{BODY[0]} {BODY[1]}", f"{BODY[1]} {BODY[2]}"]


DATELINES = """
JAKARTA, LINTAS.com -
JAKARTA, LINTAS.com —
Jakarta (ANTARA) -
Bandarlampung, Lampung (ANTARA News) -
Jakarta, CNN Indonesia --
REPUBLIK.CO.ID, JAKARTA --
TEMPORER.CO, Jakarta -
Liputan6.com, Jakarta -
Liputan6.com, Banda Aceh
Suara.com -
VIVA –
jpnn.com - JAKARTA -
KONTAN.CO.ID - JAKARTA.
RMOL.
medcom.id, Jakarta:
Jakarta:
Jakarta -
JAKARTA-
WASHINGTON DC (VOA) —
Kuta, Bali -
BANDUNG, (PRLM).-
"""


@pytest.mark.parametrize("dateline", DATELINES.strip().splitlines())
def test_a_dateline_is_cut(dateline: str) -> None:
    space = "" if dateline == "JAKARTA-" else " "
    assert cut_dateline(f"{dateline}{space}{BODY[0]}", first=True) == BODY[0]


@pytest.mark.parametrize(
    "text",
    [
        "Presiden - yang baru tiba - langsung rapat.",
        "Timnas Indonesia U-23 menang.",
        "Warga: kami tidak tahu.",
        "Kylian Mbappe – penyerang Prancis – cedera lagi.",
        "Catatan Harga Beras Kota Besar - Kilogram demi kilogram.",
        "Tanya Pak Kades: Apa kabar?",
        "Ketua Badan Pengelola Irigasi Sukamaju (BPI): Air cukup.",
    ],
)
def test_a_sentence_with_a_dash_is_no_dateline(text: str) -> None:
    assert cut_dateline(text, first=True) == text


@pytest.mark.parametrize(
    ("text", "iso", "zone"),
    [
        ("Selasa, 23 Februari 2016 | 16:37 WIB", "2016-02-23T16:37:00", WIB),
        ("Sabtu, 10 Des 2022 07:16 WITA", "2022-12-10T07:16:00", WITA),
        ("Jum'at, 3 Jan 2020 - 09.05 WIT", "2020-01-03T09:05:00", WIT),
        ("16:37 WIB, 23 Februari 2016", "2016-02-23T16:37:00", WIB),
        ("23/02/2016, 16:37 WIB", "2016-02-23T16:37:00", WIB),
        ("2016-02-23 16:37:05", "2016-02-23T16:37:05", None),
        ("Februari 23, 2016 4:37 pm", "2016-02-23T16:37:00", None),
        ("20 Agustus 2025 05:24 Diperbarui: 20 Agustus 2025 10:37 256", "2025-08-20T05:24:00", None),
        ("#Kabar l 2020-05-21", "2020-05-21T00:00:00", None),
    ],
)
def test_dates_as_readers_see_them(text: str, iso: str, zone: timezone | None) -> None:
    moment = find_moment(text)
    assert moment is not None
    assert (moment.clock.isoformat(), moment.zone) == (iso, zone)
    assert is_date_line(text)


@pytest.mark.parametrize("text", ["31 Februari 2016", "99/99/2016", "sejak 1945", "Rp 12.02.2016000", ""])
def test_what_is_no_date(text: str) -> None:
    assert find_moment(text) is None


@pytest.mark.parametrize(
    ("stamp", "seen", "iso"),
    [
        ("2022-12-10T07:16:35+07:00", "", "2022-12-10T07:16:35+07:00"),
        ("2022-12-10T00:16:35+07:00", "", "2022-12-10T00:16:35+07:00"),
        ("2022-12-10T23:40:00+07:00", "10/12/2022, 23:40 WIB", "2022-12-10T23:40:00+07:00"),
        ("2022-12-10T23:40:00Z", "10/12/2022, 23:40 WIB", "2022-12-10T23:40:00+07:00"),
        ("2022-12-10T16:40:00Z", "10/12/2022, 23:40 WIB", "2022-12-10T23:40:00+07:00"),
        ("2022-12-10T23:40:00", "", "2022-12-10T23:40:00+07:00"),
        ("2022-12-10T23:40:00.000Z", "Kabar Nusa - 10/12/2022, 23:40", "2022-12-10T23:40:00+07:00"),
        ("2022-12-10T07-16-35Z", "Sabtu, 10 Des 2022 07:16 WIB", "2022-12-10T07:16:35+07:00"),
        ("2022-12-09T23:16:35Z", "Sabtu, 10 Des 2022 07:16 WITA", "2022-12-10T07:16:35+08:00"),
        ("2022-12-09T23:16:35Z", "", "2022-12-10T06:16:35+07:00"),
        ("2021-06-16T10:49:00-07:00", "", "2021-06-16T10:49:00+07:00"),
        ("Wed, 16 Jun 2021 10:49:00 GMT", "16 Juni 2021 10:49", "2021-06-16T10:49:00+07:00"),
        ("1654650000", "", "2022-06-08T08:00:00+07:00"),
        ("2022-12-10", "", "2022-12-10T12:00:00+07:00"),
        ("2022-12-10", "10 Desember 2022 21:00 WIT", "2022-12-10T21:00:00+09:00"),
        ("", "10 Desember 2022", "2022-12-10T12:00:00+07:00"),
    ],
)
def test_stamps_are_checked_against_what_is_seen(stamp: str, seen: str, iso: str) -> None:
    published = settle(find_stamp(stamp), find_moment(seen), WIB)
    assert published is not None
    assert published.isoformat() == iso


@given(st.datetimes(datetime(1990, 1, 1), datetime(2080, 1, 1)))
@settings(max_examples=40)
def test_a_stamp_comes_back_as_it_was(clock: datetime) -> None:
    clock = clock.replace(microsecond=0)
    assert find_stamp(clock.replace(tzinfo=timezone(timedelta(hours=8))).isoformat()) == Moment(
        clock, WITA, timed=True
    )


def test_other_languages_are_told_apart() -> None:
    assert language_of(" ".join(BODY)) == "id"
    english = (
        "The villagers repaired the channel that was broken by the landslide and said that it was done. "
    )
    assert language_of(english * 3) == "en"
    malay = (
        "Polis berkata kerajaan akan membantu syarikat berkenaan kerana mangsa telah menerima rawatan "
        "di hospital selepas kemalangan pada hari Khamis manakala beliau mahu siasatan "
        "diteruskan oleh pihak bomba dan mahkamah."
    )
    assert language_of(malay) == "ms"
    javanese = "Wong desa padha gotong royong ndandani kalen sing rusak amarga lemah longsor minggu wingi. "
    assert language_of(javanese * 3) == ""
    team = "Susunan pemain: Budi Santosa, Dwi Laksmi, Eko Prasetyo, Fajar Nugroho, Gilang Ramadhan. "
    assert language_of(BODY[0] + " " + BODY[1] + " " + team * 9) == "id"


PIECES = [
    "(",
    "a ",
    "Baca ",
    "baca juga: ",
    "A/",
    ". ",
    "- ",
    '"',
    "https://",
    "#x ",
    "1 ",
    "Jakarta, ",
    "A b | ",
]


@pytest.mark.parametrize("piece", PIECES)
def test_no_rule_backtracks_badly(piece: str) -> None:
    line = piece * (20_000 // len(piece))
    begun = time.process_time()
    rules.whole_line(line)
    cut_dateline(line, first=True)
    clean(blocks_of_text(line), "x", marked_up=False)
    assert time.process_time() - begun < 2


@given(st.lists(st.text(max_size=80), max_size=12))
@settings(max_examples=60, deadline=None)
def test_cleaning_never_fails_and_its_paragraphs_are_tidy(lines: list[str]) -> None:
    for text in cleaned(*lines, *BODY):
        assert text == " ".join(text.split()) != ""
