"""Google Translate on loopback: what gTTS meets on the wire, its bad days included.

A proxy that takes CONNECT, answers TLS itself, and speaks the batchexecute protocol: a POST whose `f.req`
holds the RPC jQ1olc with [text, language, speed, "null"], and an answer that holds an MP3 in base64. The
unpatched gTTS is led here by HTTPS_PROXY. `days` says how each request in turn is answered; then "ok".
"""

import base64
import io
import json
import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs

import av
import numpy as np
import trustme
from fakes import SAMPLE_RATE, Tone

from newscast.model import Line

PATH = "/_/TranslateWebserverUi/data/batchexecute"
HTML = b"<!DOCTYPE html><html><head><title>Sorry...</title></head><body>unusual traffic</body></html>"


def mp3(text: str) -> bytes:
    """The Tone voice saying a text, as MP3 without a Xing header, so that parts can be put end to end."""
    samples = Tone().synthesize(Line(text, text, "")).samples
    file = io.BytesIO()
    with av.open(file, "w", format="mp3", options={"write_xing": "0", "id3v2_version": "0"}) as container:
        stream = container.add_stream("mp3", rate=SAMPLE_RATE, layout="mono")
        frame = av.AudioFrame.from_ndarray(
            np.ascontiguousarray(samples[None, :]), format="fltp", layout="mono"
        )
        frame.sample_rate = SAMPLE_RATE
        container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return file.getvalue()


def answer(sound: bytes) -> bytes:
    """A batchexecute answer: a guard against script inclusion, then a length and a line of JSON."""
    payload = json.dumps([base64.b64encode(sound).decode()])
    envelope = json.dumps([["wrb.fr", "jQ1olc", payload, None, None, None, "generic"]], separators=(",", ":"))
    return f")]}}'\n\n{len(envelope)}\n{envelope}\n".encode()


class Server(ThreadingHTTPServer):
    """days: how each coming request is answered, "ok" when there is none left.

    asked: the [text, language, speed, "null"] of each request so far. asked_at: when, monotonic seconds.
    """

    daemon_threads = True
    block_on_close = False

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.days: list[str] = []
        self.asked: list[list[str | None]] = []
        self.asked_at: list[float] = []
        self.closing = threading.Event()
        self.tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        trustme.CA().issue_cert("translate.google.com").configure_cert(self.tls)

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Server

    def do_CONNECT(self) -> None:
        assert self.path == "translate.google.com:443", self.path
        self.send_response(200)
        self.end_headers()
        self.close_connection = False  # though the client asked in HTTP/1.0
        self.connection = self.server.tls.wrap_socket(self.connection, server_side=True)
        self.rfile, self.wfile = self.connection.makefile("rb"), self.connection.makefile("wb", 0)

    def finish(self) -> None:
        super().finish()
        self.connection.close()

    def do_POST(self) -> None:
        form = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
        ((rpc, parameter, _none, _generic),) = json.loads(form["f.req"][0])[0]
        assert (self.path, rpc) == (PATH, "jQ1olc")
        asked = json.loads(parameter)
        self.server.asked.append(asked)
        self.server.asked_at.append(time.monotonic())
        day = self.server.days.pop(0) if self.server.days else "ok"
        getattr(self, day)(mp3(asked[0]))

    def reply(self, status: int, body: bytes, **headers: str) -> None:
        self.send_response(status)
        for name, value in {"Content-Length": str(len(body)), **headers}.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def ok(self, sound: bytes) -> None:
        self.reply(200, answer(sound))

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
        self.reply(200, answer(sound[: len(sound) // 4]))

    def noise(self, sound: bytes) -> None:
        self.reply(200, answer(b"not an MP3 at all" * 50))

    def stalled(self, sound: bytes) -> None:
        self.server.closing.wait(30)
        self.close_connection = True

    def dropped(self, sound: bytes) -> None:
        body = answer(sound)
        self.reply(200, body[:300], Content_Length=str(len(body)))
        self.close_connection = True

    def log_message(self, *args: object) -> None:
        pass


@contextmanager
def serving() -> Iterator[Server]:
    server = Server()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield server
    finally:
        server.closing.set()
        server.shutdown()
        thread.join()
        server.server_close()
