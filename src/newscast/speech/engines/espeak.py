"""IPA -> speech by eSpeak NG's C library: the smallest voice, needs no network, instant, 22.05 kHz.

The library and its data come in the wheel of espeakng-loader. Left to itself, eSpeak NG guesses each e of
an Indonesian word, and one in three wrong; so it is given phonemes, as mnemonics in double brackets.
"""

import ctypes
import os
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated

import msgspec
import numpy as np

from newscast.errors import SynthesisError, VoiceError
from newscast.model import Audio, Engine, Line
from newscast.speech.voices import Voice

# IPA (see model.Line) -> the mnemonics of eSpeak NG's Indonesian voice. Those with a reason were chosen by
# what a recogniser understands of the same words.
_MNEMONICS = {same: same for same in "befghijklmnopstuwxz"} | {
    "a": "a/",  # its text rules say it in most syllables; its full a is easily taken for another vowel
    "d": "d[",  # on the teeth, as t is; its d is English
    "aɪ": "aI",
    "aʊ": "aU",
    "ɔɪ": "OI",
    "eɪ": "eI",
    "ə": "@",
    "tʃ": "tS",
    "dʒ": "dZ",
    "ɔ": "o",
    "ɪ": "i",
    "ʊ": "u",
    "ʒ": "Z",
    "ʃ": "S",
    "ŋ": "N",
    "ɲ": "n^",
    "ɡ": "g",
    "r": "R2",
    "v": "f",
    "ʔ": "?",
    "ˈ": "'",
    "ˌ": ",",
}
_SOUND = re.compile("|".join(sorted(_MNEMONICS, key=len, reverse=True)))  # diphthongs before vowels
_WORD = re.compile(r"([^\s,.;:!?]+)|([,.;:!?])")
# Before a word: some 40 ms, without which words run into each other, pasar itu into pasaritu. A voiced
# stop sounds clearer if the word before it runs on.
_PAUSE, _LINKED = "_", "bdɡ"

# espeak-ng/speak_lib.h
_SYNCHRONOUS = 2
_DONT_EXIT = 0x8000
_RATE, _PITCH, _RANGE = 1, 3, 4
_UTF8_AND_PHONEMES = 0x101
_Callback = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_int, ctypes.c_void_p)
# The C library is one for the whole process, with one voice, one set of parameters, one callback.
_lock = threading.Lock()


class Options(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """[options] of a card. rate: eSpeak NG's words a minute. pitch, range: 0 to 100, 50 is its own."""

    voice: str = "id"
    rate: Annotated[int, msgspec.Meta(ge=100, le=280)] = 160
    pitch: Annotated[int, msgspec.Meta(ge=0, le=100)] = 50
    range: Annotated[int, msgspec.Meta(ge=0, le=100)] = 50


class Espeak(Engine):
    """The engine `espeak`."""

    revision = "1.52 2"  # to be raised when the same card comes to sound different

    def __init__(self, voice: Voice) -> None:
        self._options = voice.settings(Options)
        with _lock, _library() as (library, _rate):
            self._choose_voice(library)

    def synthesize(self, line: Line) -> Audio:
        """The line, spoken from its phonemes, however long it is."""
        text = mnemonics(line.phonemes).encode()
        if b"[[" not in text:
            raise SynthesisError("it has no phonemes")
        heard: list[bytes] = []

        def hear(samples: int | None, count: int, _events: int | None) -> int:
            if samples and count:
                heard.append(ctypes.string_at(samples, 2 * count))
            return 0

        callback = _Callback(hear)
        size = ctypes.c_size_t(len(text) + 1)
        with _lock, _library() as (library, rate):
            self._choose_voice(library)
            library.espeak_SetSynthCallback(callback)
            failed = library.espeak_Synth(text, size, 0, 1, 0, _UTF8_AND_PHONEMES, None, None)
        if failed:
            raise SynthesisError(f"eSpeak NG gave error {failed}")
        samples = np.frombuffer(b"".join(heard), np.int16).astype(np.float32) / np.float32(32768)
        return Audio(samples, rate)

    def _choose_voice(self, library: ctypes.CDLL) -> None:
        options = self._options
        if library.espeak_SetVoiceByName(options.voice.encode()):
            raise VoiceError(f"eSpeak NG has no voice {options.voice}", 'use voice = "id"')
        for parameter, value in ((_RATE, options.rate), (_PITCH, options.pitch), (_RANGE, options.range)):
            library.espeak_SetParameter(parameter, value, 0)


def mnemonics(phonemes: str) -> str:
    """An IPA string as eSpeak NG wants it: `[[d[@N'a/n]] [[_h'a/R2i]].`

    Raises SynthesisError if it has no mnemonic for a sound.
    """
    return "".join(
        f" [[{_respell(word)}]]" if word else mark for word, mark in _WORD.findall(phonemes)
    ).strip()


def _respell(word: str) -> str:
    rest = _SOUND.sub("", word)
    if rest:
        raise SynthesisError(f"eSpeak NG has no phoneme {rest[0]}")
    pause = "" if word[0] in _LINKED else _PAUSE
    return pause + _SOUND.sub(lambda match: _MNEMONICS[match[0]], word)


@contextmanager
def _library() -> Iterator[tuple[ctypes.CDLL, int]]:
    """The C library, freshly loaded, and its sample rate in Hz.

    It remembers where in a pitch period the last line ended, so that what was said before would change
    the bytes of the next line. Loading it anew takes 4 ms and forgets.
    """
    try:
        import espeakng_loader  # a wheel that has it for this machine

        library = ctypes.CDLL(espeakng_loader.get_library_path())
        data = espeakng_loader.get_data_path().encode()
    except (ImportError, OSError, RuntimeError) as error:
        raise VoiceError(f"eSpeak NG cannot be loaded: {error}", "pip install espeakng-loader") from error
    try:
        rate = library.espeak_Initialize(_SYNCHRONOUS, 0, data, _DONT_EXIT)
        if rate <= 0:
            hint = "pip install --force-reinstall espeakng-loader"
            raise VoiceError("eSpeak NG cannot find its data", hint)
        yield library, rate
    finally:
        library.espeak_Terminate()
        if os.name == "posix":  # Windows keeps it: a line there may sound a little different after another
            ctypes.CDLL(None).dlclose(ctypes.c_void_p(library._handle))
