"""Google Translate on loopback: what gTTS meets on the wire, its bad days included.

A proxy that takes CONNECT, answers TLS itself, and speaks the batchexecute protocol: a POST whose `f.req`
holds the RPC jQ1olc with [text, language, speed, "null"], and an answer that holds an MP3 in base64. The
unpatched gTTS is led here by HTTPS_PROXY.
"""

import base64
import json
from urllib.parse import parse_qs

from loopback import TlsProxy, sound_file

PATH = "/_/TranslateWebserverUi/data/batchexecute"


class Translate(TlsProxy):
    """asked: the [text, language, speed, "null"] of each request."""

    host = "translate.google.com"

    def do_POST(self) -> None:  # noqa: N802
        form = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
        ((rpc, parameter, _none, _generic),) = json.loads(form["f.req"][0])[0]
        assert (self.path, rpc) == (PATH, "jQ1olc")
        asked = json.loads(parameter)
        self.server.asked.append(asked)
        getattr(self, self.day())(sound_file(asked[0]))

    def envelope(self, sound: bytes) -> bytes:
        """A batchexecute answer: a guard against script inclusion, then a length and a line of JSON."""
        payload = json.dumps([base64.b64encode(sound).decode()])
        envelope = json.dumps(
            [["wrb.fr", "jQ1olc", payload, None, None, None, "generic"]], separators=(",", ":")
        )
        return f")]}}'\n\n{len(envelope)}\n{envelope}\n".encode()
