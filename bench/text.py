"""How fast text becomes words, and words become sounds, on one core."""

import time

from newscast.text.lexicon import Lexicon
from newscast.text.normalize import normalize
from newscast.text.phonemes import phonemes

FLOORS = {"news normalized, MB/s": 2.0, "words phonemized, 1/s": 130_000.0}

WRITTEN = (
    "Pemerintah Kabupaten Lembah Asri meresmikan tiga jembatan gantung di Sumber Rejo, Selasa (21/5/2024).",
    "Bupati Sari Wulandari menyebut pembangunan itu menelan biaya Rp12,5 miliar dari APBD dan dana desa.",
    '"Warga yang selama ini menyeberang dengan rakit kini cukup berjalan kaki lima menit," katanya.',
    "Jembatan terpanjang membentang 120 meter di atas Sungai Kali Bening dan dapat dilalui sepeda motor.",
    "Menurut Kepala Dinas Pekerjaan Umum, Ir. Haryo Wibisono, pengerjaan dimulai sejak Oktober tahun lalu.",
    "Anak-anak sekolah dari dua dusun di seberang sungai tidak perlu lagi memutar jauh melewati hutan jati.",
    "Polisi mengatur lalu lintas sejak pukul 07.00 WIB karena ratusan orang datang untuk melihat peresmian.",
    "Tahun depan pemerintah daerah berencana membangun jembatan serupa di sisi timur kabupaten itu.",
)
SPOKEN = (
    "Pemerintah Kabupaten Lembah Asri meresmikan tiga jembatan gantung pada Selasa, dua puluh satu Mei. "
    "Bupati Sari Wulandari menyebut pembangunan itu menelan biaya dua belas koma lima miliar rupiah. "
    "Warga yang selama ini menyeberang dengan rakit kini cukup berjalan kaki selama lima menit. "
)


def measure() -> dict[str, float]:
    return {
        "news normalized, MB/s": _normalized_per_second() / 1e6,
        "words phonemized, 1/s": _phonemized_per_second(),
    }


def _normalized_per_second() -> float:
    lexicon = Lexicon.default()
    size = sum(len(sentence.encode()) for sentence in WRITTEN)
    rounds = 200
    began = time.process_time()
    for _ in range(rounds):
        for sentence in WRITTEN:
            normalize(sentence, lexicon)
    return rounds * size / (time.process_time() - began)


def _phonemized_per_second() -> float:
    lexicon = Lexicon.default()
    words = len(SPOKEN.split())
    phonemes(SPOKEN, lexicon)  # the dictionaries are read and the words are met once
    rounds = 500
    began = time.process_time()
    for _ in range(rounds):
        phonemes(SPOKEN, lexicon)
    return rounds * words / (time.process_time() - began)
