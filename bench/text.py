"""How fast text becomes words, and words become sounds, on one core.

Each is timed in turn with a yardstick of nothing but Python's own work, and told as on a machine that does
that in YARD seconds, as the one did where the floors were measured when nothing else ran: a busy machine
slows both.
"""

import re
import time
from collections.abc import Callable

from newscast.text.lexicon import Lexicon
from newscast.text.normalization.normalize import normalize
from newscast.text.pronunciation.phonemes import phonemes

FLOORS = {"news normalized, MB/s": 2.4, "words phonemized, 1/s": 400_000.0}

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


ROUNDS = 60
YARD = 0.00034


def measure() -> dict[str, float]:
    """The figures of FLOORS."""
    lexicon = Lexicon.default()
    size = sum(len(sentence.encode()) for sentence in WRITTEN)
    return {
        "news normalized, MB/s": size / 1e6 / _best(lambda: [normalize(s, lexicon) for s in WRITTEN], 25),
        "words phonemized, 1/s": len(SPOKEN.split()) / _best(lambda: phonemes(SPOKEN, lexicon), 60),
    }


def _best(action: Callable[[], object], times: int) -> float:
    """Seconds for one action on a machine as quick as YARD says, in the best of several rounds."""
    action()  # the dictionaries are read and the words are met once
    spent, yards = [], []
    for _ in range(ROUNDS):
        began = time.process_time()
        for _ in range(times):
            action()
        between = time.process_time()
        _yardstick()
        spent.append((between - began) / times)
        yards.append(time.process_time() - between)
    return min(spent) * YARD / min(yards)


def _yardstick() -> int:
    """Work of the same kinds: searching text, looking words up, putting text together."""
    seen: dict[str, int] = {}
    for _ in range(8):
        for sentence in WRITTEN:
            for word in re.findall(r"\w+|[^\w\s]", sentence):
                seen[word.lower()] = seen.get(word.lower(), 0) + 1
    return len(" ".join(f"{word} {count}" for word, count in seen.items()))
