"""The servers that are compared, each in a process of its own, on this machine only."""

import os
import shutil
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil

from tests.browser.server import ROOT, Running, Server, free_port

NGINX = shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin")
# One worker, as the product has, and what its manual recommends for large files; no log, as we have none.
CONFIGURATION = """
daemon off; worker_processes 1; pid {home}/nginx.pid; error_log {home}/nginx.log; {user}
events {{ worker_connections 256; }}
http {{
  access_log off; sendfile on; tcp_nopush on; keepalive_requests 1000000; default_type application/octet-stream;
  client_body_temp_path {home}/body; proxy_temp_path {home}/proxy; fastcgi_temp_path {home}/fastcgi;
  uwsgi_temp_path {home}/uwsgi; scgi_temp_path {home}/scgi;
  server {{ listen 127.0.0.1:{port}; root {files}; }}
}}
"""


class Product(Server):
    """The product, with tests/bench/bare.py's route beside its own."""

    def __init__(self, home: Path) -> None:
        super().__init__(f"http://localhost:{free_port()}", home)
        self._command = [sys.executable, "-m", "tests.bench.bare"]

    @contextmanager
    def growth(self) -> Iterator[list[int]]:
        """Bytes by which the resident memory of all its processes grows at most meanwhile: the list's last, when over."""
        before, sizes, over = self.memory(), [0], threading.Event()

        def watch() -> None:
            while not over.wait(0.03):
                sizes[0] = max(sizes[0], self.memory() - before)

        watching = threading.Thread(target=watch)
        watching.start()
        try:
            yield sizes
        finally:
            over.set()
            watching.join()

    def memory(self) -> int:
        """Resident bytes of the server and its workers."""
        server = psutil.Process(self._process.pid)
        return sum(each.memory_info().rss for each in (server, *server.children(recursive=True)))


def nginx(files: Path, home: Path) -> Running | None:
    """nginx over a folder; None where it is not installed."""
    if NGINX is None:
        return None
    port = free_port()
    user = "user root;" if os.geteuid() == 0 else ""  # or its workers could not read our files
    written = home / "nginx.conf"
    written.write_text(CONFIGURATION.format(home=home, files=files, port=port, user=user))
    return _started(port, [NGINX, "-e", str(home / "nginx.log"), "-c", str(written)], home, "nginx")


def copyparty(files: Path, home: Path) -> Running:
    """copyparty over a folder, as it comes."""
    port = free_port()
    command = [sys.executable, "-m", "copyparty", "-q", "-i", "127.0.0.1", "-p", str(port), "-v", f"{files}::r"]
    return _started(port, command, home, "copyparty")


def _started(port: int, command: list[str], home: Path, name: str) -> Running:
    environment = {**os.environ, "XDG_CONFIG_HOME": str(home)}
    log = home / f"{name}-said.log"
    return Running(f"http://127.0.0.1:{port}", command, folder=ROOT, log=log, environment=environment).start()
