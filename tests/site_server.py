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
CADDY = shutil.which("caddy")
APACHE = shutil.which("apache2") or shutil.which("/usr/sbin/apache2")
EXAMPLES = Path(__file__).parents[1] / "examples" / "servers"
#: Where Debian keeps Apache's modules.
MODULES = Path("/usr/lib/apache2/modules")


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
    example = (EXAMPLES / "nginx.conf").read_text().replace("listen 80;", f"listen 127.0.0.1:{port};")
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
    with _running([NGINX, "-c", str(config), "-p", str(work)], port, work):
        yield f"http://127.0.0.1:{port}/"


@contextmanager
def caddy(root: Path, work: Path) -> Iterator[str]:
    """The address of `root`, served as examples/servers/Caddyfile says."""
    assert CADDY
    port = free_port()
    work.mkdir(parents=True, exist_ok=True)
    example = (EXAMPLES / "Caddyfile").read_text().replace("/srv/www/kabar-ringkas", str(root))
    example = example.replace("kabar.example.org", f"http://127.0.0.1:{port}")
    (work / "Caddyfile").write_text("{\n\tadmin off\n\tauto_https off\n}\n" + example)
    command = [CADDY, "run", "--config", str(work / "Caddyfile"), "--adapter", "caddyfile"]
    with _running(command, port, work):
        yield f"http://127.0.0.1:{port}/"


@contextmanager
def apache(root: Path, work: Path) -> Iterator[str]:
    """The address of `root`, served by Apache with examples/servers/htaccess in it."""
    assert APACHE
    port = free_port()
    work.mkdir(parents=True, exist_ok=True)
    shutil.copy(EXAMPLES / "htaccess", root / ".htaccess")
    modules = ("mpm_event", "authz_core", "mime", "headers", "dir")
    loads = "".join(f"LoadModule {name}_module {MODULES}/mod_{name}.so\n" for name in modules)
    (work / "types").write_text("text/html html\ntext/css css\nimage/jpeg jpg\napplication/json json\n")
    (work / "config").write_text(
        f"{loads}ServerName localhost\nListen 127.0.0.1:{port}\nPidFile {work}/pid\nErrorLog {work}/errors\n"
        f"DefaultRuntimeDir {work}\nMutex file:{work}\nTypesConfig {work}/types\nDirectoryIndex index.html\n"
        f"DocumentRoot {root}\n<Directory {root}>\nAllowOverride All\nRequire all granted\n</Directory>\n"
    )
    try:
        with _running([APACHE, "-f", str(work / "config"), "-DFOREGROUND"], port, work):
            yield f"http://127.0.0.1:{port}/"
    finally:
        (root / ".htaccess").unlink()


@contextmanager
def _running(command: list[str], port: int, work: Path) -> Iterator[None]:
    """A server that has come up, and that goes again."""
    with (work / "said").open("wb") as said:
        process = subprocess.Popen(command, stdout=said, stderr=said)
    try:
        for _ in range(200):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            assert process.poll() is None, (work / "said").read_text()
            time.sleep(0.05)
        yield
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
