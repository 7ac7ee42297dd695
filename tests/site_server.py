"""nginx with our own example, for tests of pages: on loopback, of a show's folder."""

import shutil
import socket
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

NGINX = shutil.which("nginx") or shutil.which("/usr/sbin/nginx")
EXAMPLE = Path(__file__).parents[1] / "examples" / "servers" / "nginx.conf"


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def nginx(root: Path, work: Path) -> Iterator[str]:
    """The address of `root`, served as examples/servers/nginx.conf says."""
    assert NGINX
    port = free_port()
    example = EXAMPLE.read_text().replace("listen 80;", f"listen 127.0.0.1:{port};")
    example = example.replace("/srv/www/kabar-ringkas", str(root)).replace("kabar.example.org", "localhost")
    work.mkdir(parents=True, exist_ok=True)
    places = "".join(
        f"{name}_temp_path {work};" for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    config = work / "nginx.conf"
    user = "user root;" if shutil.os.getuid() == 0 else ""  # type: ignore[attr-defined]
    config.write_text(
        f"{user} daemon off; pid {work}/pid; error_log {work}/errors; worker_processes 1;"
        f" events {{}} http {{ access_log off; {places} {example} }}"
    )
    process = subprocess.Popen([NGINX, "-c", str(config), "-p", str(work)], stderr=subprocess.DEVNULL)
    try:
        for _ in range(100):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            assert process.poll() is None, (work / "errors").read_text()
            time.sleep(0.05)
        yield f"http://127.0.0.1:{port}/"
    finally:
        process.terminate()
        process.wait(10)


@contextmanager
def files(root: Path) -> Iterator[str]:
    """The address of a folder, served plainly."""
    handler = partial(SimpleHTTPRequestHandler, directory=str(root))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
