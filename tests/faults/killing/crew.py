"""A fork server (forks) as the test sees it."""

import json
import os
import socket
import subprocess
import sys
import threading
from collections import Counter
from pathlib import Path
from typing import Self

from tests.faults.killing.traffic import SENDER
from tests.provider.settings import Settings

ROOT = Path(__file__).parents[3]


class Crew:
    """So many processes at any time, each killed and replaced until enough were; then as many that live with the block.

    `module` is `workers` or `receivers`, `url` the provider's, `door` a socket that listens for its events.
    """

    def __init__(self, module: str, url: str, door: socket.socket, **told: int) -> None:
        self.kills = told["kills"]
        self._command = [sys.executable, "-m", f"tests.faults.killing.{module}", json.dumps(told)]
        self._door = door.fileno()
        self._environment = {
            "CASEUPDATES_BASE_URL": f"http://127.0.0.1:{door.getsockname()[1]}",
            "CASEUPDATES_MAIL_FROM": SENDER,
            "RESEND_API_KEY": "re_secret",
            "RESEND_API_URL": url,
            "RESEND_WEBHOOK_SECRET": Settings.webhook_secret,
            "DOOR": str(self._door),
            # A folder without certificates: nobody needs them here, and reading all takes longer than a worker lives.
            "SSL_CERT_FILE": "",
            "SSL_CERT_DIR": str(Path(__file__).parent),
        }
        self.killed: Counter[str] = Counter()  # by step

    def is_killing(self) -> bool:
        """False when everybody who was to be killed is dead, or the fork server is."""
        return self.killed.total() < self.kills and self._process.poll() is None

    def wait(self) -> None:
        """Until it has imported everything."""
        assert self._process.stdout
        assert self._process.stdout.readline() == "ready\n"
        self._ear.start()

    def __enter__(self) -> Self:
        pipe, environment = subprocess.PIPE, {**os.environ, **self._environment}
        self._process = subprocess.Popen(
            self._command, cwd=ROOT, env=environment, stdin=pipe, stdout=pipe, text=True, pass_fds=[self._door]
        )
        self._ear = threading.Thread(target=self._listen, daemon=True)
        return self

    def __exit__(self, *_: object) -> None:
        self._process.communicate(timeout=20) if not self._ear.ident else self._end()
        assert self._process.returncode == 0

    def _end(self) -> None:
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.close()
        self._process.wait(timeout=20)
        self._ear.join()
        self._process.stdout.close()

    def _listen(self) -> None:
        assert self._process.stdout
        for line in self._process.stdout:
            self.killed[line.strip()] += 1
