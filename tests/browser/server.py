"""The real product in a process of its own, as `make run` starts it."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import suppress
from pathlib import Path
from urllib.parse import urlsplit

ROOT = Path(__file__).parents[2]
PREFERRED_PORT = 8731  # the page is built for one address; the same one each time saves the build
BUILD_AND_START = 300  # seconds: a first build on a slow machine
# Said to be empty, or the product would take them from the developer's .env: tests must not mail anybody.
UNSET = dict.fromkeys(
    (
        "DATABASE_URL", "REDIS_URL", "CASEUPDATES_SECRET_KEY", "CASEUPDATES_MAIL_FROM", "CASEUPDATES_UNDO_SECONDS",
        "RESEND_API_KEY", "RESEND_API_URL", "RESEND_WEBHOOK_SECRET",
    ),
    "",
)  # fmt: skip


class Server:
    """One installation: its address, its data folder, its log.

    `web` names the folder of the built page, kept between runs; servers of the same address share one.
    `environment` is added to the product's settings.
    """

    def __init__(self, url: str, home: Path, *, web: str = ".web-test", **environment: str) -> None:
        self.url, self.data = url, home / "data"
        self._log = home / "server.log"
        settings = {"CASEUPDATES_BASE_URL": url, "CASEUPDATES_DATA": str(self.data), "CASEUPDATES_HOST": "127.0.0.1"}
        self._environment = {**os.environ, **UNSET, **settings, "REFLEX_WEB_WORKDIR": web, **environment}

    @property
    def log(self) -> str:
        return self._log.read_text(errors="replace") if self._log.exists() else ""

    def start(self) -> "Server":
        """Start and wait until it answers; raise with its log when it does not."""
        command = [sys.executable, "-m", "caseupdates.serve"]
        with self._log.open("a") as log:
            self._process = subprocess.Popen(
                command, cwd=ROOT, env=self._environment, stdout=log, stderr=subprocess.STDOUT, start_new_session=True
            )
        waits_until = time.monotonic() + BUILD_AND_START
        while not self.answers():
            if self._process.poll() is not None or time.monotonic() > waits_until:
                self.kill()
                raise RuntimeError(f"The server did not start:\n{self.log}")
            time.sleep(0.1)
        return self

    def answers(self) -> bool:
        parts = urlsplit(self.url)
        request = urllib.request.Request(f"http://127.0.0.1:{parts.port}/ping", headers={"Host": parts.netloc})
        try:
            urllib.request.urlopen(request, timeout=2)
        except urllib.error.HTTPError:
            return True
        except OSError:
            return False
        return True

    def stop(self) -> None:
        """Ask it to end, as Ctrl-C or a service manager does; kill what is still there after 15 s."""
        self._signal(signal.SIGTERM)
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(15)
        self.kill()

    def kill(self) -> None:
        """End it and its workers at once, as a power cut does."""
        self._signal(signal.SIGKILL)
        self._process.wait()

    def _signal(self, number: signal.Signals) -> None:
        with suppress(ProcessLookupError):
            os.killpg(self._process.pid, number)


def free_port(preferred: int = 0) -> int:
    """The preferred port if nobody has it, else any."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", preferred))
        except OSError:
            probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
