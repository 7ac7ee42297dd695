"""Words -> speech by Google Translate, through gTTS: an MP3 over the network, 24 kHz.

The service is free and promises nothing.
"""

from gtts import gTTS, gTTSError
from requests import RequestException, Response

from newscast.errors import SynthesisError
from newscast.model import Audio, Engine, Line
from newscast.retry import RetryPolicy
from newscast.speech.service import AnswerError, Service, collect, connection_error, http_error, words_of_page
from newscast.speech.voices import Voice


class Options(RetryPolicy, frozen=True, forbid_unknown_fields=True):
    """[options] of a card, besides patience's. tld: of translate.google.<tld>."""

    lang: str = "id"
    tld: str = "com"
    slow: bool = False


class Gtts(Engine):
    """The engine `gtts`."""

    revision = "1"  # to be raised when the same card comes to sound different

    def __init__(self, voice: Voice) -> None:
        self._options = voice.settings(Options)
        self._service = Service("Google Translate", self._options)

    def synthesize(self, line: Line) -> Audio:
        """The line, spoken from its words; gTTS cuts a long one into requests itself."""
        return self._service.speak(line, self._fetch)

    def _fetch(self, spoken: str, most: int) -> bytes:
        """MP3. Raises AnswerError, or ValueError for what is not base64."""
        options = self._options
        request = gTTS(
            spoken,
            lang=options.lang,
            tld=options.tld,
            slow=options.slow,
            lang_check=False,  # which asks the network, for an answer that never changes
            timeout=options.timeout,
        )
        try:
            return collect(request.stream(), most)
        except AssertionError as error:
            raise SynthesisError("it has no words") from error
        except gTTSError as error:
            if error.rsp is None:  # no connection, or none that lasted
                raise connection_error(error) from error
            raise _refusal(error.rsp) from error
        except RequestException as error:  # cut off in the middle
            raise connection_error(error) from error


def _refusal(answer: Response) -> AnswerError:
    """What Google said in place of a sound."""
    said = words_of_page(answer.text)
    if answer.ok:
        return AnswerError(f"Google sent no sound: {said}" if said else "Google sent no sound")
    return http_error(answer.status_code, answer.headers, said)
