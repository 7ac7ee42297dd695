"""An http(s) address -> where to connect, looked up once; refused where it leads inside.

A name is looked up once and the connection goes to the address that was checked, so that a name that
changes its answer (DNS rebinding) gains nothing. Behind a proxy the proxy looks up and connects.
"""

import asyncio
import re
import socket
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from typing import Any
from urllib.parse import urlsplit
from urllib.request import getproxies

import httpx
import msgspec

from newscast.errors import FetchError
from newscast.plain import shorten

#: Where IPv6 hides an IPv4 address in its last four bytes: IPv4-compatible (RFC 4291, 2.5.5.1) and NAT64
#: (RFC 6052), whose local-use prefix (RFC 8215) leads nowhere but inside.
_CARRIERS = (IPv6Network("::/96"), IPv6Network("64:ff9b::/96"))
_LOCAL_NAT64 = IPv6Network("64:ff9b:1::/48")


#: Who asks, as https://name:password@host says it.
_USER = re.compile(r"(\b\w+://)[^/?#\s]*@")
#: What feeds for subscribers carry; `keyword` and `author` are other words.
_SECRET = re.compile(
    r"(?i)([?&](?:\w*[_-])?(?:(?:api|access)?key|token|secret|passwd|password|auth|sig|signature))=[^&#\s]+"
)


class AgainError(Exception):
    """Worth another try, after so many seconds at the least."""

    def __init__(self, message: str, after: float = 0.0) -> None:
        super().__init__(message)
        self.message = message
        self.after = after


class Way(msgspec.Struct, frozen=True):
    """How to reach an address. url: what to connect to. headers, extensions: what tells the server and TLS
    the name that was meant. public: whether everyone on the internet may reach it."""

    url: str
    public: bool
    headers: dict[str, str] = {}
    extensions: dict[str, Any] = {}


async def way_to(url: str, *, allow_private: bool, attempt: int = 0) -> Way:
    """Look `url` up. attempt: 0 for the first; each further one tries the host's next address.

    Raises FetchError where it is not public and may not be; AgainError when the name cannot be found.
    """
    host, port = host_of(url)
    proxied = bool(getproxies().keys() & {"http", "https", "all"})
    try:
        found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        if proxied:
            return Way(url, public=True)
        raise AgainError(f"{host} cannot be found: {error}") from error
    addresses = [str(entry[4][0]) for entry in found]
    inside = next((address for address in addresses if not is_public(address)), "")
    if inside and not allow_private:
        raise FetchError(
            f"{shown(url)} leads to {inside}, which is not a public address",
            "set allow_private = true on that source if it is yours",
        )
    if inside or proxied:
        return Way(url, public=not inside)
    return _pinned(url, addresses[attempt % len(addresses)], port)


def _pinned(url: str, address: str, port: int) -> Way:
    """The way to `url` by way of that IP address."""
    try:
        meant = httpx.URL(url)
    except httpx.InvalidURL as error:
        raise FetchError(f"{shown(url)} is not an address") from error
    user, at, _ = urlsplit(url).netloc.rpartition("@")
    literal = f"[{address}]" if ":" in address else address
    return Way(
        urlsplit(url)._replace(netloc=f"{user}{at}{literal}:{port}").geturl(),
        public=True,
        headers={"Host": meant.netloc.decode("ascii")},
        extensions={"sni_hostname": meant.raw_host.decode("ascii")},
    )


def host_of(url: str) -> tuple[str, int]:
    """Host and port of an http(s) address. Raises FetchError for anything else."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port or (443 if parts.scheme == "https" else 80)
    except ValueError as error:
        raise FetchError(f"{shown(url)} is not an address") from error
    if parts.scheme not in ("http", "https") or not host:
        raise FetchError(f"{shown(url)} is not an http or https address")
    return host, port


def is_public(address: str) -> bool:
    """Whether anyone on the internet may reach an IP address; IPv6's disguises of IPv4 are looked behind."""
    ip = ip_address(address.partition("%")[0])
    if isinstance(ip, IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)
        if inner is None and any(ip in carrier for carrier in _CARRIERS):
            inner = IPv4Address(int(ip) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(str(inner))
        if ip.is_site_local or ip in _LOCAL_NAT64:
            return False
    return ip.is_global and not ip.is_multicast


def masked(text: str) -> str:
    """`text` without the passwords and keys of the addresses in it."""
    return _SECRET.sub(r"\1=***", _USER.sub(r"\1***@", text))


def shown(url: str) -> str:
    """An address or file name as a message shows it: on one line, short, without a password or key."""
    return shorten("".join(c if c.isprintable() else "?" for c in masked(url)), 120)
