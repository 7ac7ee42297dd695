"""Clips of several voices -> how to treat each voice, and a clip so treated: even, clean, at 44.1 kHz.

All voices are brought to NOMINAL, so the music can be laid beside and under them before anything is mixed.
"""

from collections.abc import Mapping, Sequence

import msgspec
import numpy as np

from newscast.audio.filters import resample
from newscast.audio.loudness import SILENCE, Meter, decibels, integrated, lufs
from newscast.audio.timeline import SAMPLE_RATE, sample_count
from newscast.errors import AudioError
from newscast.model import Audio, Line, Polish, Samples

#: LUFS of every voice and jingle in the mix.
NOMINAL = -20.0
#: Hz: below it there is no voice, but there may be rumble, and DC that costs loudness.
RUMBLE = 60
#: dBFS at which compression sets in, for a voice at NOMINAL: a little above its mean.
THRESHOLD = -22
#: A clip with no sample above this (-60 dBFS) says nothing.
INAUDIBLE = 0.001
#: Samples of the ramp at both edges of a clip, so that it starts and stops without a click.
RAMP = np.linspace(0, 1, 128, dtype=np.float32)


class Treatment(msgspec.Struct, frozen=True):
    """What is done to the clips of one voice. before, after: dB, around compression and de-essing.

    crest: dB above NOMINAL that no peak may exceed, for voices whose every cycle is one sharp peak.
    """

    polish: Polish = Polish()
    before: float = 0.0
    after: float = 0.0
    crest: float | None = None

    @property
    def filters(self) -> tuple[str, ...]:
        """As FFmpeg is told them."""
        polish = self.polish
        found = [f"highpass=f={RUMBLE}"]
        if polish.compress > 1:
            found += [
                f"volume={self.before}dB",
                f"acompressor=threshold={THRESHOLD}dB:ratio={polish.compress}:attack=8:release=150:knee=6",
            ]
        if polish.deess:
            found.append(f"deesser=i={polish.deess}")
        return tuple(found)


class Survey(msgspec.Struct, frozen=True):
    """All clips, heard once. counts: samples of each at SAMPLE_RATE.

    loudness, power: LUFS and dBFS (root mean square) of each, once treated.
    """

    counts: tuple[int, ...]
    loudness: tuple[float, ...]
    power: tuple[float, ...]
    treatments: Mapping[str, Treatment]


def survey(lines: Sequence[Line], clips: Sequence[Audio], polish: Mapping[str, Polish]) -> Survey:
    """How long each clip is, and what brings its voice to NOMINAL. polish: by voice, if any.

    Raises AudioError for a clip that says nothing, ValueError unless there is one clip a line. A voice
    that is heard for less than 0.4 s cannot be measured and stays as it is.
    """
    voices = dict.fromkeys(line.voice for line in lines)
    plain = {voice: Treatment() for voice in voices}
    counts, heard, levels = _listen(lines, clips, plain)
    before = {voice: NOMINAL - level if level > SILENCE else 0.0 for voice, level in levels.items()}
    wanted = {voice: polish.get(voice, Polish()) for voice in voices}
    if all(wish == Polish() for wish in wanted.values()):
        treatments = {voice: Treatment(after=before[voice]) for voice in voices}
    else:  # how loud it is after compression is known only by trying
        treatments = {voice: Treatment(wanted[voice], before[voice]) for voice in voices}
        _, heard, levels = _listen(lines, clips, treatments)
        for voice, level in levels.items():
            after = NOMINAL - level if level > SILENCE else before[voice]
            treatments[voice] = msgspec.structs.replace(treatments[voice], after=after)
    gains = [treatments[line.voice].after for line in lines]
    loudness = tuple(level + gain for (level, _), gain in zip(heard, gains, strict=True))
    power = tuple(level + gain for (_, level), gain in zip(heard, gains, strict=True))
    return Survey(tuple(counts), loudness, power, treatments)


def _listen(
    lines: Sequence[Line], clips: Sequence[Audio], treatments: Mapping[str, Treatment]
) -> tuple[list[int], list[tuple[float, float]], dict[str, float]]:
    """Length, and LUFS and dBFS, of each clip, and LUFS of each voice; each clip is read once."""
    counts, heard = [], []
    power = {line.voice: bytearray() for line in lines}
    for line, clip in zip(lines, clips, strict=True):
        if not _audible(clip):
            raise AudioError(f'the voice said nothing for "{line.text[:60]}"')
        samples, treatment = clip.samples[np.newaxis], treatments[line.voice]
        if treatment != Treatment():
            samples = resample(samples, clip.sample_rate, clip.sample_rate, *treatment.filters)
        meter = Meter(clip.sample_rate, 1, peaks=False)
        meter.push(samples)
        blocks = meter.read().power
        power[line.voice] += blocks.tobytes()
        counts.append(sample_count(clip))
        loudness = lufs(float(np.mean(np.square(blocks, dtype=np.float32))))
        heard.append((loudness, decibels(float(np.sqrt(np.mean(np.square(samples)))))))
    levels = {voice: integrated(np.frombuffer(blocks, np.float16)) for voice, blocks in power.items()}
    return counts, heard, levels


def shaved(seen: Survey, crest: float) -> Survey:
    """The same, and no peak of any voice more than `crest` dB above NOMINAL."""
    even = {
        voice: msgspec.structs.replace(treatment, crest=crest) for voice, treatment in seen.treatments.items()
    }
    return msgspec.structs.replace(seen, treatments=even)


def _audible(clip: Audio) -> bool:
    return bool(np.isfinite(clip.samples).all() and np.abs(clip.samples).max(initial=0) > INAUDIBLE)


def treated(clip: Audio, treatment: Treatment) -> Samples:
    """A clip at NOMINAL and SAMPLE_RATE, without rumble, its edges ramped. Shape (n,)."""
    samples = resample(clip.samples[np.newaxis], clip.sample_rate, SAMPLE_RATE, *treatment.filters)
    samples = samples * np.float32(10 ** (treatment.after / 20))
    if treatment.crest is not None:
        samples = _shaved(samples, NOMINAL + treatment.crest)
    place: Samples = samples[0]
    ramp = RAMP[: len(place)]
    place[: len(ramp)] *= ramp
    place[len(place) - len(ramp) :] *= ramp[::-1]
    return place


def _shaved(samples: Samples, ceiling: float) -> Samples:
    """Without the peaks above that level (dBFS), each taken away alone, at four times the rate."""
    limit = f"alimiter=limit=1:level_out={10 ** (ceiling / 20)}:level=0:latency=1:attack=0.5:release=1"
    gain = f"volume={-ceiling}dB"
    rates = (f"aresample={4 * SAMPLE_RATE}", gain, limit, f"aresample={SAMPLE_RATE}")
    return resample(samples, SAMPLE_RATE, SAMPLE_RATE, *rates)
