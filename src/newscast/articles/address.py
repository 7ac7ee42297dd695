"""URL -> its canonical form, by which two links to one article are known as one."""

import re
from functools import cache
from ipaddress import ip_address
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit, urlunsplit

from publicsuffixlist import PublicSuffixList

#: Query parameters that say how the reader came or how the page is laid out, not which article it is.
_TRACKING = re.compile(
    r"(?i)^(?:utm_\w+|(?:fb|g|dc|y|ms|tt|tw|wbra|gbra)clid|fb_\w+|_ga|_gl|mc_[ce]id|ocid|cmpid|cmp|igshid|"
    r"ref|ref_?src|referrer|source|src|from|tag_from|jxrecoid|jxconn\w*|amp|outputtype|"
    r"page|single|showpage|show|view|tab|share|smid|xtor|at_\w+|maca|wt_\w+|int_source|mtype|device)$"
)
#: Hosts of sites' pages for phones, which have the same articles at the same paths.
_TWIN_HOST = re.compile(r"^(?:amp|m|mobile|wap|touch)\.")
#: Google's copies of a publisher's pages: the address of the page follows.
_AMP_CACHE = re.compile(
    r"^https?://(?:[\w-]+\.cdn\.ampproject\.org|www\.google\.[a-z.]+)/(?:amp|[cv])/(?:s/)?", re.I
)
#: A part of a path that is "amp" and nothing else; /amplop/ is an article's own.
_AMP_PATH = re.compile(r"/amp(?:\.html?)?(?=/|$)", re.I)


def canonical(url: str) -> str:
    """The address of an article without fragment, tracking and layout.

    Its AMP and mobile twins give the same.

    Not a URL (a path, ""): returned as it is. Never raises.
    """
    url = unwrapped(url.strip())
    try:
        parts = urlsplit(url)
        host, port = (parts.hostname or "").rstrip("."), parts.port
    except ValueError:
        return url
    if parts.scheme.lower() not in ("http", "https") or not host:
        return url
    scheme = parts.scheme.lower()
    if port in (None, 80, 443) and "." in host and not _is_ip(host):
        scheme, port = "https", None
    host = _desktop(host)
    path = _AMP_PATH.sub("", parts.path) if "amp" in parts.path.lower() else parts.path
    query = [(k, v) for k, v in parse_qsl(parts.query, keep_blank_values=True) if not _TRACKING.match(k)]
    shown = f"[{host}]" if ":" in host else host
    path = re.sub(r"[/\s]+$", "", re.sub(r"/{2,}", "/", path)) or "/"
    return urlunsplit((scheme, f"{shown}:{port}" if port else shown, path, urlencode(sorted(query)), ""))


def unwrapped(url: str) -> str:
    """The publisher's own address of a page that an AMP cache serves."""
    found = _AMP_CACHE.match(url)
    return "https://" + unquote(url[found.end() :]) if found else url


def _desktop(host: str) -> str:
    """m.site.id and amp.site.id as www.site.id; nothing else is guessed of a host."""
    bare = _TWIN_HOST.sub("", host)
    return f"www.{bare}" if bare != host and "." in bare else host


def site_of(url: str) -> str:
    """The part of a URL's host that one owner registers: kompas.com of bola.kompas.com.

    By the public suffix list, so that on shared domains (blogspot.com, github.io, biz.id) neighbors are two
    sites. A host that is itself a suffix, an IP address or local is its own site.
    """
    try:
        host = (urlsplit(url).hostname or "").rstrip(".")
    except ValueError:
        return ""
    return host if _is_ip(host) else _suffixes().privatesuffix(host) or host


def same_site(one: str, other: str) -> bool:
    """Whether two URLs are of one owner: the same host, or the same registered domain."""
    try:
        hosts = {urlsplit(url).hostname or "" for url in (one, other)}
    except ValueError:
        return False
    return "" not in hosts and (len(hosts) == 1 or site_of(one) == site_of(other))


@cache
def _suffixes() -> PublicSuffixList:
    """The list that the library brings along; it takes 0.1 s to read, so only where it is needed."""
    return PublicSuffixList()


def _is_ip(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True
