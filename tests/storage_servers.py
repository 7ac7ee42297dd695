"""Real places to publish to, on loopback: moto's S3 server and OpenSSH's own."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from site_server import free_port

SSHD = shutil.which("sshd") or shutil.which("/usr/sbin/sshd")
KEYGEN = shutil.which("ssh-keygen")
BUCKET = "kabar"


def _await(port: int, process: subprocess.Popen[bytes]) -> None:
    for _ in range(600):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        assert process.poll() is None, "the server ended"
        time.sleep(0.05)
    raise AssertionError("the server did not come up")


@contextmanager
def s3_server() -> Iterator[dict[str, str]]:
    """The AWS_ variables of a server with an empty bucket."""
    import httpx

    port = free_port()
    code = f"from moto.server import main; main(['-p', '{port}'])"
    quiet = subprocess.DEVNULL
    process = subprocess.Popen([sys.executable, "-c", code], stdout=quiet, stderr=quiet)
    try:
        _await(port, process)
        url = f"http://127.0.0.1:{port}"
        httpx.put(f"{url}/{BUCKET}", headers={"x-amz-acl": "public-read"}).raise_for_status()
        yield {
            "AWS_ENDPOINT_URL": url,
            "AWS_ACCESS_KEY_ID": "uji",
            "AWS_SECRET_ACCESS_KEY": "uji",
            "AWS_REGION": "us-east-1",
        }
    finally:
        process.send_signal(signal.SIGKILL)
        process.wait()


@contextmanager
def ssh_server(work: Path) -> Iterator[tuple[int, dict[str, str]]]:
    """The port of an OpenSSH server, and the variables of one who may enter."""
    assert SSHD and KEYGEN
    home = work / "home"
    (home / ".ssh").mkdir(parents=True)
    for name in ("host", "user"):
        subprocess.run([KEYGEN, "-q", "-t", "ed25519", "-N", "", "-f", str(work / name)], check=True)
    port = free_port()
    host = " ".join((work / "host.pub").read_text().split()[:2])
    (home / ".ssh" / "known_hosts").write_text(f"[127.0.0.1]:{port} {host}\n")
    (work / "config").write_text(
        f"Port {port}\nListenAddress 127.0.0.1\nHostKey {work}/host\nPidFile none\nStrictModes no\n"
        f"AuthorizedKeysFile {work}/user.pub\nPasswordAuthentication no\nUsePAM no\nMaxStartups 100\n"
        "Subsystem sftp internal-sftp\nPermitRootLogin yes\n"
    )
    if os.getuid() == 0:
        Path("/run/sshd").mkdir(exist_ok=True)  # where it wants to be alone
    process = subprocess.Popen([SSHD, "-D", "-f", str(work / "config"), "-E", str(work / "log")])
    try:
        _await(port, process)
        yield port, {"NEWSCAST_SFTP_KEY": str(work / "user"), "HOME": str(home)}
    finally:
        process.terminate()
        process.wait()
