"""Samples + Tags -> MP3 of a constant bitrate, with the header that players seek and trim by.

LAME as lameenc brings it, three times as fast as the one in PyAV, writes bare frames. The first frame of
the file is ours: it decodes to silence and holds the tag that LAME calls Info. Source: the layout of
"Xing/Info" with the LAME extension, gabriel.mp3-tech.org/mp3infotag.html.
"""

from collections.abc import Iterable
from itertools import chain
from pathlib import Path
from struct import pack

import lameenc
import msgspec
import numpy as np
from fastcrc import crc16

from newscast.audio.codecs import id3
from newscast.audio.codecs.encoder import Said, Tags
from newscast.audio.timeline import FRAME, SAMPLE_RATE
from newscast.files import disk
from newscast.model import Samples

#: LAME's own choice between speed (9) and care (0), and FFmpeg's.
QUALITY = 5
#: Samples by which LAME's sound comes late, beside the decoder's own 529.
DELAY = 576
#: What LAME multiplies all samples by.
SCALE = 0.95
#: Kilobits a second of MPEG 1 layer 3, by the four bits in a frame's header that name them.
BITRATES = (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320)


class Mp3(msgspec.Struct, frozen=True):
    """MP3, of 64 to 128 kbit/s."""

    bitrate: int = 96_000
    channels: int = 1
    extension: str = "mp3"
    mime: str = "audio/mpeg"
    rate: int = SAMPLE_RATE
    loss: float = 0.0

    @property
    def headroom(self) -> float:
        """See Encoder. 16 minutes by eSpeak NG took 0.6 dB at 96 kbit/s; fewer bits take more."""
        return 0.8 * 96_000 / self.bitrate

    def write(self, sound: Iterable[Samples], path: Path, tags: Tags) -> None:
        """See Encoder. Decoders give back as many samples as went in."""
        lame = self._lame()
        size, crc, count = 0, 0, 0
        with disk(path), path.open("wb") as file:
            file.write(id3.render(tags))
            start = file.tell()
            file.write(bytes(self._frame_length))
            for piece in chain(sound, [None]):
                frames = bytes(lame.flush() if piece is None else lame.encode(_pcm(piece)))
                file.write(frames)
                size, crc = size + len(frames), crc16.arc(frames, crc)
                count += 0 if piece is None else piece.shape[1]
            file.seek(start)
            file.write(self._info(size, crc, count))

    def read_back(self, path: Path) -> Said:
        """See Encoder."""
        return id3.read_back(path)

    def _lame(self) -> lameenc.Encoder:
        lame = lameenc.Encoder()
        lame.set_bit_rate(self.bitrate // 1000)
        lame.set_channels(self.channels)
        lame.set_in_sample_rate(SAMPLE_RATE)
        lame.set_out_sample_rate(SAMPLE_RATE)
        lame.set_quality(QUALITY)
        lame.silence()
        return lame

    @property
    def _frame_length(self) -> int:
        """Bytes of a frame, of which some are one longer so that the bitrate is right."""
        return FRAME // 8 * self.bitrate // SAMPLE_RATE

    def _info(self, size: int, crc: int, count: int) -> bytes:
        """The first frame. size, crc: of all frames after it. count: samples of the sound."""
        frames = round(size * SAMPLE_RATE / (FRAME // 8 * self.bitrate))
        padding = frames * FRAME - DELAY - count
        size += self._frame_length
        mode = 3 if self.channels == 1 else 1  # mono, or joint stereo
        # MPEG 1, layer 3, no CRC; 44.1 kHz, no padding; original. Then side information, empty.
        head = bytes((0xFF, 0xFB, BITRATES.index(self.bitrate // 1000) << 4, mode << 6 | 4))
        head += bytes(17 if self.channels == 1 else 32)
        everything = 0xF  # frames, bytes, table of contents, quality follow
        head += b"Info" + pack(">III", everything, frames, size)
        head += bytes(percent * 256 // 100 for percent in range(100)) + pack(">I", 50)
        constant, source = 1, 1 << 6  # bitrate, and 44.1 kHz before encoding
        head += b"LAME3.100" + bytes((constant, 0)) + bytes(8) + bytes((0, self.bitrate // 1000))
        head += (DELAY << 12 | padding).to_bytes(3) + bytes((source | (mode & 1) << 2, 0, 0, 0))
        head += pack(">IH", size, crc)
        return (head + pack(">H", crc16.arc(head))).ljust(self._frame_length, b"\0")


def _pcm(samples: Samples) -> bytes:
    """Interleaved 16-bit integers, as much louder as LAME makes them softer."""
    return np.round(samples.T * np.float32(32767 / SCALE)).clip(-32768, 32767).astype("<i2").tobytes()
