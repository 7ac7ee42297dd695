"""How often and when something is asked for again: one rule for pages, voices and downloads.

Statuses and Retry-After are those of RFC 9110, sections 10.2.3 and 15; 425 of RFC 8470, 429 of RFC 6585.
"""

import random
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Annotated

import msgspec

#: Statuses after which the same request may pass.
MAY_PASS = frozenset({408, 425, 429, 500, 502, 503, 504})

Seconds = Annotated[float, msgspec.Meta(ge=0, le=60)]


class RetryPolicy(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Bounded retries with jitter. All in seconds but `attempts`.

    timeout: without an answer. attempts: times it is asked for. wait: before the second attempt, doubled
    before each further one. interval: from one request to the next at the least. patience: what asks for
    a longer wait than this is given up.
    """

    timeout: Seconds = 15.0
    attempts: Annotated[int, msgspec.Meta(ge=1, le=10)] = 4
    wait: Seconds = 1.0
    interval: Seconds = 0.3
    patience: Seconds = 60.0

    def delay(self, attempt: int, after: float = 0.0) -> float | None:
        """Seconds to wait after that attempt (0 for the first) failed, jittered lest many return at once.

        after: what the server asked for. None: do not ask again.
        """
        wait = max(self.wait * 2.0**attempt * random.uniform(0.75, 1.25), after)
        return wait if attempt + 1 < self.attempts and wait <= self.patience else None


def retry_after(headers: Mapping[str, str], now: datetime | None = None) -> float:
    """Seconds that a Retry-After header asks for, given in seconds or as a date; 0 when it says nothing."""
    told = headers.get("Retry-After", "").strip()
    if told.isdecimal():
        return float(told)
    try:
        when = parsedate_to_datetime(told)
    except ValueError:
        return 0.0
    when = when if when.tzinfo else when.replace(tzinfo=UTC)
    return max(0.0, (when - (now or datetime.now(UTC))).total_seconds())
