"""The stand-in in a process of its own, where it takes no time from who is measured."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any, Self

import httpx

from tests.provider.steering import Steering

ROOT = Path(__file__).parents[2]


class Process(Steering):
    """Runs while the block runs, steered over HTTP; unlike in a thread, bodies of mails are not kept unless told."""

    def __init__(self, **settings: object) -> None:
        self._settings = {"keeps_bodies": False, **settings}
        self.url = ""

    def _do(self, verb: str, **told: Any) -> Any:
        answer = self._http.post(f"/_stand_in/{verb}", json=told)
        if answer.status_code == 400:
            raise ValueError(answer.json()["message"])
        return answer.raise_for_status().json()

    def __enter__(self) -> Self:
        command = [sys.executable, "-m", "tests.provider", "--settings", json.dumps(self._settings), "--while-read"]
        pipe = subprocess.PIPE
        self._process = subprocess.Popen(command, cwd=ROOT, stdin=pipe, stdout=pipe, text=True)
        assert self._process.stdout
        self.url = self._process.stdout.readline().strip()
        assert self.url, "the stand-in did not start"
        self._http = httpx.Client(base_url=self.url, timeout=60, verify=False)
        return self

    def __exit__(self, *_: object) -> None:
        self._http.close()
        self._process.communicate(timeout=10)  # closes what it reads from, and so ends it
