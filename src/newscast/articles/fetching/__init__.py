"""Address -> bytes of a page, politely, safely and from the cache where it can."""
