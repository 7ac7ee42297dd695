"""OpenAI's POST /v1/audio/speech on loopback, as Kokoro-FastAPI, LocalAI and the cloud speak it.

asked: the (JSON body, Authorization header) of each request.
"""

import json

from loopback import Handler, sound_file


class SpeechServer(Handler):
    """Sends MP3 in one piece, and WAV and FLAC in chunks, the length of the whole not being known."""

    def do_POST(self) -> None:  # noqa: N802
        assert self.path == "/v1/audio/speech", self.path
        assert self.headers["Content-Type"] == "application/json"
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        key = self.headers["Authorization"]
        self.server.asked.append((asked, key))
        day = self.day()
        if asked["response_format"] == "mp3":
            getattr(self, day)(sound_file(asked["input"]))
        else:
            self.chunked(sound_file(asked["input"], asked["response_format"]))

    def refuse(self, status: int, message: str) -> None:
        body = json.dumps({"error": {"message": message, "type": "invalid_request_error", "code": None}})
        self.reply(status, body.encode(), Content_Type="application/json")

    def unauthorized(self, sound: bytes) -> None:
        self.refuse(401, f"Incorrect API key provided: {self.headers['Authorization']}")

    def no_such_voice(self, sound: bytes) -> None:
        key = self.headers["Authorization"]
        self.refuse(400, f"Voice 'sari' not found. Available voices: af_heart, pf_dora. You sent {key}.")

    def moved(self, sound: bytes) -> None:
        self.reply(308, b"", Location="https://elsewhere.invalid/v1/audio/speech")

    def chunked(self, sound: bytes) -> None:
        if sound[:4] == b"RIFF":  # a WAV that is streamed says that it is endless
            at = sound.index(b"data") + 4
            sound = sound[:4] + b"\xff" * 4 + sound[8:at] + b"\xff" * 4 + sound[at + 4 :]
        self.send_response(200)
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        for start in range(0, len(sound), 4096):
            part = sound[start : start + 4096]
            self.wfile.write(f"{len(part):x}\r\n".encode() + part + b"\r\n")
        self.wfile.write(b"0\r\n\r\n")
