"""The error tree: everything newscast raises on purpose.

    NewscastError
      ShowError            show.toml, a lexicon or a file they name is wrong
      ArticleError         no article came out of a source
        FetchError           the bytes could not be had
          RefusedError         and will not be had by asking again
        ExtractError         the bytes hold no article
        TooLongError         an article that is longer than the show's episodes may be
      VoiceError           no such voice, or its card or files are wrong
      SynthesisError       an engine could not speak a line
      AudioError           a clip, jingle or episode could not be decoded, mixed or encoded
      PublishError         the show's folder could not be read or written
        LockedError          another newscast is working on the same show

Misuse of a function is ValueError, and is a bug. Terminated is no error: SIGTERM asked newscast to end.
"""


class Terminated(BaseException):
    """SIGTERM: what is done is committed, published and reported, and newscast ends."""


class NewscastError(Exception):
    """One plain sentence for a person, and what to do next.

    hint: a command or an action; empty when there is nothing better to say.
    """

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message, hint)  # both in args, so that it survives pickling
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return self.message


class ShowError(NewscastError):
    """show.toml, a lexicon or a file they name is missing or wrong."""


class ArticleError(NewscastError):
    """No article came out of a source."""


class FetchError(ArticleError):
    """The bytes of a page, feed or file could not be had."""


class RefusedError(FetchError):
    """The page is gone, or closed to us: asking again soon would be no use."""


class ExtractError(ArticleError):
    """The bytes were had, but they hold no article that can be read aloud."""


class TooLongError(ArticleError):
    """An article that would make a longer episode than the show allows."""


class VoiceError(NewscastError):
    """No such voice, or its card or one of its files is missing or wrong."""


class SynthesisError(NewscastError):
    """An engine could not speak a line; the message names the line."""


class AudioError(NewscastError):
    """A clip, a jingle or an episode could not be decoded, mixed or encoded."""


class PublishError(NewscastError):
    """The show's folder could not be read or written."""


class LockedError(PublishError):
    """Another newscast is working on the same show."""
