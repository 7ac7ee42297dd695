"""Clips of several voices -> the same clips, every voice as loud as the others."""

from collections.abc import Sequence

import numpy as np

from newscast.audio.loudness import SILENCE, measure
from newscast.model import Audio


def balance(clips: Sequence[Audio], voices: Sequence[str]) -> list[Audio]:
    """Each voice at the loudness of the first. voices: which one says it, for each clip.

    A voice that is heard for less than 0.4 s cannot be measured and stays as it is.
    """
    if len(set(voices)) < 2:
        return list(clips)
    loudness = {}
    for voice in dict.fromkeys(voices):
        own = [clip for clip, name in zip(clips, voices, strict=True) if name == voice]
        loudness[voice] = measure(
            Audio(np.concatenate([clip.samples for clip in own]), own[0].sample_rate)
        ).integrated
    wanted = loudness[voices[0]]
    gains = {
        voice: 10 ** ((wanted - heard) / 20) if min(wanted, heard) > SILENCE else 1.0
        for voice, heard in loudness.items()
    }
    return [
        Audio(clip.samples * np.float32(gains[voice]), clip.sample_rate)
        for clip, voice in zip(clips, voices, strict=True)
    ]
