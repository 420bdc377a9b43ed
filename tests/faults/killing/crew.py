"""The fork server (workers) as the test sees it."""

import json
import os
import subprocess
import sys
import threading
from collections import Counter
from pathlib import Path
from typing import Self

from tests.faults.killing.traffic import SENDER

ROOT = Path(__file__).parents[3]


class Crew:
    """Four workers at any time, each killed and replaced until so many were; then four that live until the block ends."""

    def __init__(self, url: str, *, kills: int, seed: int) -> None:
        self.kills, self._told = kills, {"kills": kills, "seed": seed}
        self._environment = {
            "RESEND_API_KEY": "re_secret",
            "RESEND_API_URL": url,
            "CASEUPDATES_MAIL_FROM": SENDER,
            # A folder without certificates: nobody needs them here, and reading all takes longer than a worker lives.
            "SSL_CERT_FILE": "",
            "SSL_CERT_DIR": str(Path(__file__).parent),
        }
        self.killed: Counter[str] = Counter()  # by step

    @property
    def is_killing(self) -> bool:
        """False when everybody who was to be killed is dead, or the fork server is."""
        return self.killed.total() < self.kills and self._process.poll() is None

    def __enter__(self) -> Self:
        command = [sys.executable, "-m", "tests.faults.killing.workers", json.dumps(self._told)]
        pipe, environment = subprocess.PIPE, {**os.environ, **self._environment}
        self._process = subprocess.Popen(command, cwd=ROOT, env=environment, stdin=pipe, stdout=pipe, text=True)
        assert self._process.stdout
        assert self._process.stdout.readline() == "ready\n"
        self._ear = threading.Thread(target=self._listen)
        self._ear.start()
        return self

    def __exit__(self, *_: object) -> None:
        assert self._process.stdin
        self._process.stdin.close()
        assert self._process.wait(timeout=10) == 0
        self._ear.join()
        assert self._process.stdout
        self._process.stdout.close()

    def _listen(self) -> None:
        assert self._process.stdout
        for line in self._process.stdout:
            self.killed[line.strip()] += 1
