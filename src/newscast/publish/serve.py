"""The show's folder -> a web server for it, as apps and browsers want one; for a desk, a newsroom, a try.

Ranges, HEAD, ETag, 304, 416, types and CORS are right, as in the server files of examples/. With `local`,
feed, pages and lists name the address by which they were asked for instead of the show's own, so that a
phone in the same network can subscribe before anything is public.
"""

import hashlib
import socket
from contextlib import suppress
from email.utils import formatdate
from io import BytesIO
from pathlib import Path
from typing import Any

import segno
from starlette.applications import Starlette
from starlette.datastructures import Headers
from starlette.middleware.cors import CORSMiddleware
from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, Response
from starlette.routing import Route
from starlette.staticfiles import NotModifiedResponse

from newscast.publish.store import FEED, PAGE
from newscast.publish.targets.target import headers
from newscast.show import Show

POLICY = "default-src 'self'; base-uri 'none'; form-action 'none'"
_TEXTS = (".xml", ".html", ".json")


def application(show: Show, local: bool = False) -> Starlette:
    """The show as an ASGI application; it reads each file when it is asked for."""

    async def answer(request: Request) -> Response:
        path = _file(show.root, request.path_params["name"])
        if path is None:
            return PlainTextResponse("Tidak ada di sini.\n", 404)
        name = path.relative_to(show.root).as_posix()
        told = headers(name)
        more = {"cache-control": told.cache, "content-type": told.type}
        if path.suffix == ".html":
            more["content-security-policy"] = POLICY
        here = str(request.base_url)
        if local and (path.suffix in _TEXTS or path.name.startswith("qr-")):
            data = path.read_bytes()
            if path.suffix == ".svg":
                data = _code(here + FEED)
            return _changed(request, data.replace(show.address.encode(), here.encode()), more)
        return _unchanged(request, path, more)

    app = Starlette(routes=[Route("/{name:path}", answer, methods=["GET", "HEAD"])])
    app.add_middleware(CORSMiddleware, allow_origins=["*"], expose_headers=["*"])
    return app


def _file(root: Path, name: str) -> Path | None:
    """The file of a name; nothing outside the root, nothing hidden."""
    if any(part.startswith(".") for part in name.split("/")) or "\0" in name or "\\" in name:
        return None
    path = root / name
    if path.is_dir():
        path /= PAGE
    inside = path.resolve().is_relative_to(root.resolve())
    return path if inside and path.is_file() else None


def _unchanged(request: Request, path: Path, more: dict[str, str]) -> Response:
    found = path.stat()
    tag = f'"{found.st_mtime_ns:x}-{found.st_size:x}"'
    more |= {"etag": tag, "last-modified": formatdate(found.st_mtime, usegmt=True)}
    if _fresh(request, tag, more["last-modified"]):
        return NotModifiedResponse(Headers(more))
    return FileResponse(path, headers=more, stat_result=found)


def _changed(request: Request, data: bytes, more: dict[str, str]) -> Response:
    tag = f'"{hashlib.sha256(data).hexdigest()[:20]}"'
    more["etag"] = tag
    if _fresh(request, tag, ""):
        return NotModifiedResponse(Headers(more))
    return Response(data, headers=more)


def _fresh(request: Request, tag: str, modified: str) -> bool:
    """Whether who asks has what there is (RFC 9110, section 13.1)."""
    if asked := request.headers.get("if-none-match"):
        return asked.strip() == "*" or tag in [one.strip().removeprefix("W/") for one in asked.split(",")]
    return bool(modified) and request.headers.get("if-modified-since") == modified


def here() -> str:
    """This machine's address in its network; no packet is sent to find it."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe, suppress(OSError):
        probe.connect(("192.0.2.1", 9))  # TEST-NET-1 (RFC 5737): only the route is looked up
        return str(probe.getsockname()[0])
    return "127.0.0.1"


def _code(text: str) -> bytes:
    code: Any = BytesIO()
    segno.make(text, error="m").save(code, kind="svg", scale=4, border=2, xmldecl=False)
    return bytes(code.getvalue())
