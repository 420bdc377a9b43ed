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
from typing import Self
from urllib.parse import urlsplit

ROOT = Path(__file__).parents[2]
BUILD_AND_START = 300  # seconds: a first build on a slow machine
# Said to be empty, or the product would take them from the developer's .env: tests must not mail anybody.
UNSET = dict.fromkeys(
    (
        "DATABASE_URL", "REDIS_URL", "CASEUPDATES_SECRET_KEY", "CASEUPDATES_MAIL_FROM", "CASEUPDATES_UNDO_SECONDS", "CASEUPDATES_DEMO",
        "RESEND_API_KEY", "RESEND_API_URL", "RESEND_WEBHOOK_SECRET",
    ),
    "",
)  # fmt: skip


class Running:
    """A command that serves a URL until it is stopped, in a process group of its own."""

    def __init__(self, url: str, command: list[str], *, folder: Path, log: Path, environment: dict[str, str]) -> None:
        self.url = url
        self._command, self._folder, self._log, self._environment = command, folder, log, environment

    @property
    def log(self) -> str:
        return self._log.read_text(errors="replace") if self._log.exists() else ""

    def start(self) -> Self:
        """Start and wait until it answers; raise with its log when it does not."""
        with self._log.open("a") as log:
            self._process = subprocess.Popen(
                self._command, cwd=self._folder, env=self._environment,
                stdout=log, stderr=subprocess.STDOUT, start_new_session=True,
            )  # fmt: skip
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


class Server(Running):
    """One installation of the product: `url`, `data` (its folder), `log`.

    The built page is kept between runs; all local installations share one, those for others another.
    `environment` is added to the product's settings.
    """

    def __init__(self, url: str, home: Path, **environment: str) -> None:
        self.data = home / "data"
        settings = {"CASEUPDATES_BASE_URL": url, "CASEUPDATES_DATA": str(self.data), "CASEUPDATES_HOST": "127.0.0.1"}
        # Reflex's own variables, which a test that imported the product has, would make it another build.
        inherited = {name: value for name, value in os.environ.items() if not name.startswith("REFLEX_")}
        web = ".web-test" if url.startswith("http:") else ".web-test-others"
        super().__init__(
            url, [sys.executable, "-m", "caseupdates.serve"], folder=ROOT, log=home / "server.log",
            environment={**inherited, **UNSET, **settings, "REFLEX_WEB_WORKDIR": web, **environment},
        )  # fmt: skip


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])
