"""The engine of small_voices.piper, whose network hums: Piper in all but that nobody judges it as speech."""

from newscast.speech.engines.piper import Piper


class Hum(Piper):
    """Piper, humming."""

    is_speech = False
