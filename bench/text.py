"""How fast text becomes words, and words become sounds, on one core."""

import time

from newscast.text.lexicon import Lexicon
from newscast.text.phonemes import phonemes

FLOORS = {"words phonemized, 1/s": 130_000.0}

SPOKEN = (
    "Pemerintah Kabupaten Lembah Asri meresmikan tiga jembatan gantung pada Selasa, dua puluh satu Mei. "
    "Bupati Sari Wulandari menyebut pembangunan itu menelan biaya dua belas koma lima miliar rupiah. "
    "Warga yang selama ini menyeberang dengan rakit kini cukup berjalan kaki selama lima menit. "
)


def measure() -> dict[str, float]:
    lexicon = Lexicon.default()
    words = len(SPOKEN.split())
    phonemes(SPOKEN, lexicon)  # the dictionaries are read and the words are met once
    rounds = 500
    began = time.process_time()
    for _ in range(rounds):
        phonemes(SPOKEN, lexicon)
    return {"words phonemized, 1/s": rounds * words / (time.process_time() - began)}
