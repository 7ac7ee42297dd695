"""Show -> all that is wrong with it, found offline: what it names, its voices, its sources, what is out."""

from newscast import pipeline
from newscast.articles.links import source_fault
from newscast.audio.episode import inputs
from newscast.errors import NewscastError, VoiceError
from newscast.publish.check import check as check_published
from newscast.publish.doctor import Problem, Severity
from newscast.show import Show
from newscast.speech import voices
from newscast.text.lexicon import for_show
from newscast.text.script import wording_faults


def check(show: Show) -> list[Problem]:
    """All that is wrong with the show, its voices, its episodes and its feed, worst first."""
    problems = []
    for part in (for_show, inputs):
        try:
            part(show)
        except NewscastError as error:
            problems.append(Problem(Severity.ERROR, "show.toml", error.message, error.hint))
    faults: list[NewscastError] = [*wording_faults(show), *_voice_faults(show)]
    faults += filter(None, (source_fault(source, show.folder) for source in show.sources))
    problems += [Problem(Severity.ERROR, "show.toml", fault.message, fault.hint) for fault in faults]
    # A cover that is not there is found by both rooms that need it, in the same words.
    return list(dict.fromkeys(problems + check_published(show)))


def _voice_faults(show: Show) -> list[VoiceError]:
    """What is wrong with each voice that the show names, also those it may never need."""
    try:
        cards = pipeline.shelf(show)
    except VoiceError as error:
        return [error]
    faults = []
    for id in filter(None, (show.voice.id, show.voice.headlines, show.voice.quotes, *show.voice.fallback)):
        try:
            voices.fingerprint(voices.pick(cards, id))
        except VoiceError as error:
            faults.append(error)
    return faults
