"""Find a Chromium for the tests, or bring one: `python -m tests.browser.chromium`."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import sync_playwright

COMMANDS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
MAC = "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"
QUIET = ["--disable-background-networking", "--disable-component-update", "--disable-sync"]
PRIVILEGED = [] if os.name == "posix" and os.geteuid() == 0 else ["sudo", "-n"]


def executable() -> str | None:
    """The first Chromium that starts: the system's, then the one Playwright downloaded."""
    return next((path for path in _candidates() if _starts(path)), None)


def options() -> list[str]:
    """What to start it with: it calls nobody; Chromium's sandbox refuses to run as root."""
    return [*QUIET, "--no-sandbox"] if not PRIVILEGED else QUIET


def main() -> None:
    for bring in (_nothing, _download, _system_libraries, _system_package):
        bring()
        if found := executable():
            print(f"Browser for the tests: {found}", flush=True)
            return
    sys.exit("The tests need Chromium or Chrome and could not install it. Install one of them, then run this again.")


def _candidates() -> Iterator[str]:
    yield from filter(None, map(shutil.which, COMMANDS))
    yield MAC
    with sync_playwright() as playwright:
        yield playwright.chromium.executable_path


def _starts(path: str) -> bool:
    """A download without its system's libraries is there but does not start."""
    return Path(path).exists() and subprocess.run([path, "--version"], capture_output=True, check=False).returncode == 0


def _nothing() -> None:
    """What is installed may do."""


def _download() -> None:
    _attempt(sys.executable, "-m", "playwright", "install", "chromium")


def _system_libraries() -> None:
    _attempt(*PRIVILEGED, sys.executable, "-m", "playwright", "install-deps", "chromium")


def _system_package() -> None:
    _attempt(*PRIVILEGED, "apt-get", "update")
    _attempt(*PRIVILEGED, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "install", "-y", "chromium")


def _attempt(*command: str) -> None:
    if shutil.which(command[0]):
        print(f"Trying {' '.join(command)}", flush=True)
        subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=600, check=False)


if __name__ == "__main__":
    main()
