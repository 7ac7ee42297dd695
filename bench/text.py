"""How fast text becomes words, and words become sounds, on one core."""

import time
from collections.abc import Callable

from newscast.text.lexicon import Lexicon
from newscast.text.normalize import normalize
from newscast.text.phonemes import phonemes

FLOORS = {"news normalized, MB/s": 2.0, "words phonemized, 1/s": 250_000.0}

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


ROUNDS = 150  # of some 5 ms each, so that one falls into a quiet moment


def measure() -> dict[str, float]:
    """The figures of FLOORS."""
    lexicon = Lexicon.default()
    size = sum(len(sentence.encode()) for sentence in WRITTEN)
    return {
        "news normalized, MB/s": size / 1e6 / _best(lambda: [normalize(s, lexicon) for s in WRITTEN], 25),
        "words phonemized, 1/s": len(SPOKEN.split()) / _best(lambda: phonemes(SPOKEN, lexicon), 60),
    }


def _best(action: Callable[[], object], times: int) -> float:
    """Seconds of processor time for one action, in the best of several rounds: a busy machine slows some."""
    action()  # the dictionaries are read and the words are met once
    spent = []
    for _ in range(ROUNDS):
        began = time.process_time()
        for _ in range(times):
            action()
        spent.append((time.process_time() - began) / times)
    return min(spent)
