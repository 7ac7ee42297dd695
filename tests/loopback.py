"""What all our stand-ins for online voices share: a server on loopback, with good days and bad ones.

`days` says how each request in turn is answered, by a method of the handler of that name; then "ok".
"""

import io
import ssl
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import av
import numpy as np
import trustme
from fakes import SAMPLE_RATE, Tone

from newscast.model import Line

HTML = b"<!DOCTYPE html><html><head><title>Sorry...</title></head><body>unusual traffic</body></html>"
#: Who vouches for our stand-ins.
AUTHORITY = trustme.CA()


def sound_file(text: str, format: str = "mp3") -> bytes:
    """The Tone voice saying a text; MP3 without a Xing header, so that parts can be put end to end."""
    samples = Tone().synthesize(Line(text, text, "")).samples
    file = io.BytesIO()
    options = {"write_xing": "0", "id3v2_version": "0"} if format == "mp3" else {}
    codec, layout = {"mp3": ("mp3", "s16p"), "wav": ("pcm_s16le", "s16"), "flac": ("flac", "s16")}[format]
    with av.open(file, "w", format=format, options=options) as container:
        stream = container.add_stream(codec, rate=SAMPLE_RATE, layout="mono")
        assert isinstance(stream, av.AudioStream)
        pcm = (samples * 32767).astype(np.int16)[None, :]
        frame = av.AudioFrame.from_ndarray(pcm, format=layout, layout="mono")
        frame.sample_rate = SAMPLE_RATE
        container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return file.getvalue()


class Server(ThreadingHTTPServer):
    """days: how each coming request is answered, "ok" when there is none left.

    asked: what each request so far asked for. asked_at: when, monotonic seconds.
    """

    daemon_threads = True
    block_on_close = False

    def __init__(self, handler: type[BaseHTTPRequestHandler]) -> None:
        super().__init__(("127.0.0.1", 0), handler)
        self.days: list[str] = []
        self.asked: list[Any] = []
        self.asked_at: list[float] = []
        self.closing = threading.Event()

    def handle_error(self, request: Any, client_address: Any) -> None:
        if not isinstance(sys.exc_info()[1], ConnectionError):  # a client may hang up as it likes
            super().handle_error(request, client_address)

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"


class Handler(BaseHTTPRequestHandler):
    """Answers a request with a sound as `envelope` wraps it, or as the day has it."""

    protocol_version = "HTTP/1.1"
    server: Server

    def day(self) -> str:
        self.server.asked_at.append(time.monotonic())
        return self.server.days.pop(0) if self.server.days else "ok"

    def envelope(self, sound: bytes) -> bytes:
        return sound

    def reply(self, status: int, body: bytes, **headers: str) -> None:
        self.send_response(status)
        for name, value in {"Content_Length": str(len(body)), **headers}.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def ok(self, sound: bytes) -> None:
        self.reply(200, self.envelope(sound))

    def too_many(self, sound: bytes) -> None:
        self.reply(429, HTML)

    def too_many_for_a_second(self, sound: bytes) -> None:
        self.reply(429, HTML, Retry_After="1")

    def too_many_for_an_hour(self, sound: bytes) -> None:
        self.reply(429, HTML, Retry_After="3600")

    def broken(self, sound: bytes) -> None:
        self.reply(500, b"")

    def forbidden(self, sound: bytes) -> None:
        self.reply(403, HTML)

    def html(self, sound: bytes) -> None:
        self.reply(200, HTML)

    def truncated(self, sound: bytes) -> None:
        self.reply(200, self.envelope(sound[: len(sound) // 4]))

    def noise(self, sound: bytes) -> None:
        self.reply(200, self.envelope(b"not an MP3 at all" * 50))

    def stalled(self, sound: bytes) -> None:
        self.server.closing.wait(30)
        self.close_connection = True

    def dropped(self, sound: bytes) -> None:
        body = self.envelope(sound)
        self.reply(200, body[:300], Content_Length=str(len(body)))
        self.close_connection = True

    def log_message(self, *args: object) -> None:
        pass


class TlsProxy(Handler):
    """Takes CONNECT to one host, and then is that host."""

    host: str
    tls: ssl.SSLContext

    def __init_subclass__(cls) -> None:
        cls.tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        AUTHORITY.issue_cert(cls.host).configure_cert(cls.tls)

    def do_CONNECT(self) -> None:
        assert self.path == f"{self.host}:443", self.path
        self.send_response(200)
        self.end_headers()
        self.close_connection = False  # though the client asked in HTTP/1.0
        try:
            self.connection = self.tls.wrap_socket(self.connection, server_side=True)
        except ssl.SSLError:  # the client did not trust us
            self.close_connection = True
            return
        self.rfile, self.wfile = self.connection.makefile("rb"), self.connection.makefile("wb", 0)

    def finish(self) -> None:
        super().finish()
        self.connection.close()


def patience(day: str) -> float:
    """Seconds to wait for an answer on such a day: many, for a machine may be busy, but where none comes."""
    return 1.5 if day in ("stalled", "deaf") else 20.0


@contextmanager
def serving(handler: type[Handler]) -> Iterator[Server]:
    server = Server(handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield server
    finally:
        server.closing.set()
        server.shutdown()
        thread.join()
        server.server_close()
