"""`make run` starts, or says in one sentence why it does not."""

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("CASEUPDATES_BASE_URL", "http://updates.example.com", "CASEUPDATES_BASE_URL must be https"),
        ("CASEUPDATES_UNDO_SECONDS", "soon", "CASEUPDATES_UNDO_SECONDS must be a whole number"),
        ("DATABASE_URL", "postgresql://127.0.0.1:1/none", "The database does not answer (DATABASE_URL)"),
    ],
)
def test_a_setting_that_cannot_be_used_is_said_without_a_traceback(
    tmp_path: Path, name: str, value: str, sentence: str
) -> None:
    started = run(
        {"CASEUPDATES_DATA": str(tmp_path), "CASEUPDATES_BASE_URL": f"http://localhost:{unused_port()}", name: value}
    )
    assert started.returncode == 2
    assert sentence in started.stdout
    assert "Traceback" not in started.stdout + started.stderr


def test_a_port_that_somebody_has_is_said_before_anything_is_done(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as somebody:
        port = somebody.getsockname()[1]
        started = run({"CASEUPDATES_DATA": str(tmp_path), "CASEUPDATES_BASE_URL": f"http://localhost:{port}"})
    assert started.returncode == 2
    assert started.stdout == (
        f"Case Updates: Port {port} is already in use. Stop what serves there, "
        "or give CASEUPDATES_BASE_URL another port.\n"
    )


def run(environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "caseupdates.serve"]
    return subprocess.run(
        command, cwd=ROOT, env={**os.environ, **environment}, capture_output=True, text=True, timeout=60, check=False
    )


def unused_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])
