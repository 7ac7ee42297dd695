"""Microsoft's read-aloud service on loopback: what edge-tts meets on the wire, its bad days included.

A proxy that takes CONNECT, answers TLS itself, upgrades to a WebSocket (RFC 6455), reads the two messages
speech.config and ssml, and answers with turn.start, response, the MP3 in binary messages, the sentence's
boundary, and turn.end. The unpatched edge-tts is led here by WSS_PROXY; it trusts only certifi's
authorities, so a test has to add ours to its SSL context.
"""

import base64
import hashlib
import json
import struct
from xml.etree import ElementTree

from loopback import TlsProxy, sound_file

PATH = "/consumer/speech/synthesize/readaloud/edge/v1?"
SSML = "{http://www.w3.org/2001/10/synthesis}"
TEXT, BINARY, CLOSE = 1, 2, 8
#: Days on which the service does not even open the WebSocket.
REFUSALS = set("too_many too_many_for_a_second too_many_for_an_hour broken forbidden html deaf".split())


class Edge(TlsProxy):
    """asked: the (text, voice, rate, pitch) of each request, or None where it was refused unheard."""

    host = "speech.platform.bing.com"

    def do_GET(self) -> None:  # noqa: N802
        assert self.path.startswith(PATH), self.path
        day = self.day()
        if day in REFUSALS:
            self.server.asked.append(None)
            getattr(self, day)(b"")
            return
        self.close_connection = True  # after the WebSocket there is no HTTP any more
        self.upgrade()
        path, config = self.message()
        assert path == "speech.config"
        audio = json.loads(config)["context"]["synthesis"]["audio"]
        assert audio["outputFormat"] == "audio-24khz-48kbitrate-mono-mp3"
        path, ssml = self.message()
        assert path == "ssml"
        voice = ElementTree.fromstring(ssml).find(f"{SSML}voice")
        assert voice is not None
        prosody = voice[0]
        text = prosody.text or ""
        self.server.asked.append((text, voice.get("name"), prosody.get("rate"), prosody.get("pitch")))
        getattr(self, day)(sound_file(text))

    # --- the WebSocket

    def upgrade(self) -> None:
        key = self.headers["Sec-WebSocket-Key"] + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
        self.send_response(101)
        self.send_header("Upgrade", "websocket")
        self.send_header("Connection", "Upgrade")
        self.send_header(
            "Sec-WebSocket-Accept", base64.b64encode(hashlib.sha1(key.encode()).digest()).decode()
        )
        self.end_headers()

    def receive(self) -> tuple[int, bytes]:
        """One masked frame: its opcode and what it holds."""
        first, second = self.rfile.read(2)
        size = second & 127
        if size == 126:
            (size,) = struct.unpack(">H", self.rfile.read(2))
        mask = self.rfile.read(4)
        return first & 15, bytes(byte ^ mask[i % 4] for i, byte in enumerate(self.rfile.read(size)))

    def message(self) -> tuple[str, str]:
        """Path and body of one of the client's text messages."""
        opcode, data = self.receive()
        assert opcode == TEXT
        head, _, body = data.decode().partition("\r\n\r\n")
        return dict(line.split(":", 1) for line in head.split("\r\n"))["Path"], body

    def send(self, opcode: int, data: bytes) -> None:
        size = bytes([len(data)]) if len(data) < 126 else b"\x7e" + struct.pack(">H", len(data))
        self.wfile.write(bytes([0x80 | opcode]) + size + data)

    def tell(self, path: str, body: object) -> None:
        kind = "Content-Type:application/json; charset=utf-8"
        self.send(TEXT, f"X-RequestId:1\r\n{kind}\r\nPath:{path}\r\n\r\n{json.dumps(body)}".encode())

    def play(self, sound: bytes) -> None:
        """The sound in pieces, each after the length of its head and its head."""
        head = b"X-RequestId:1\r\nContent-Type:audio/mpeg\r\nX-StreamId:2\r\nPath:audio\r\n"
        for start in range(0, len(sound), 1440):
            self.send(BINARY, struct.pack(">H", len(head)) + head + sound[start : start + 1440])

    def turn(self, sound: bytes) -> None:
        self.tell("turn.start", {"context": {"serviceTag": "1"}})
        self.tell("response", {"context": {"serviceTag": "1"}, "audio": {"type": "inline", "streamId": "2"}})
        self.play(sound)

    # --- the days

    def ok(self, sound: bytes) -> None:
        self.turn(sound)
        end = b"X-RequestId:1\r\nX-StreamId:2\r\nPath:audio\r\n"  # no type and no sound: the stream's end
        self.send(BINARY, struct.pack(">H", len(end)) + end)
        data = {"Offset": 1_000_000, "Duration": 10_000_000, "text": {"Text": "", "Length": 0}}
        self.tell("audio.metadata", {"Metadata": [{"Type": "SentenceBoundary", "Data": data}]})
        self.tell("turn.end", {})
        opcode, data_of_close = self.receive()
        assert opcode == CLOSE
        self.send(CLOSE, data_of_close)

    def truncated(self, sound: bytes) -> None:
        self.ok(sound[: len(sound) // 4])

    def noise(self, sound: bytes) -> None:
        self.ok(b"not an MP3 at all" * 50)

    def mute(self, sound: bytes) -> None:
        self.ok(b"")

    def stalled(self, sound: bytes) -> None:
        self.turn(sound[:1440])
        self.rfile.read()  # till the client hangs up

    def dropped(self, sound: bytes) -> None:
        self.turn(sound[: len(sound) * 4 // 5])

    def deaf(self, sound: bytes) -> None:
        self.rfile.read()
        self.close_connection = True
