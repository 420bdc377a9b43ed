"""Sizes to keep an eye on: `make measure` prints lines per file and function, and what a first visit loads."""

import ast
import gzip
import math
import os
import statistics
import sys
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from playwright.sync_api import Response, sync_playwright

from tests.browser import chromium
from tests.browser.server import ROOT, Running, Server, free_port

DRAWN = {"page", "parts", "frame"}  # their functions are components
EMPTY_APP = """
import reflex as rx
app = rx.App()
app.add_page(lambda: rx.fragment(), route="/")
"""
EMPTY_CONFIG = """
import reflex as rx
config = rx.Config(app_name="empty", telemetry_enabled=False, show_built_with_reflex=False, plugins=[])
"""


def main() -> None:
    ours, tests = _files(ROOT / "caseupdates"), _files(ROOT / "tests")
    print(f"{'':28}{'number':>8}{'median':>8}{'p95':>8}{'longest':>9}")
    for name, files in (("caseupdates", ours), ("tests", tests)):
        _row(f"{name}: files", [_length(path) for path in files])
        _row(f"{name}: functions", [lines for path in files if path.stem not in DRAWN for lines in _functions(path)])
        if components := [lines for path in files if path.stem in DRAWN for lines in _functions(path)]:
            _row(f"{name}: components", components)
    print(f"\ntests : code = {sum(map(_length, tests)) / sum(map(_length, ours)):.2f} (lines)")
    product, empty = _product_javascript(), _empty_javascript()
    print(f"JavaScript of a first visit to /sign-in, gzipped: {product / 1024:.0f} KiB; ", end="")
    print(f"an empty Reflex page: {empty / 1024:.0f} KiB; {product / empty:.2f} times")


def _row(name: str, lengths: Sequence[int]) -> None:
    at_95 = sorted(lengths)[math.ceil(0.95 * len(lengths)) - 1]
    print(f"{name:28}{len(lengths):8}{statistics.median(lengths):8.0f}{at_95:8}{max(lengths):9}")


def _files(folder: Path) -> list[Path]:
    """Every Python file that says something; empty `__init__.py` do not count."""
    return [path for path in sorted(folder.rglob("*.py")) if path.stat().st_size]


def _length(path: Path) -> int:
    return len(path.read_text().splitlines())


def _functions(path: Path) -> Iterator[int]:
    """Lines of each function and method, from `def` to its last."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield (node.end_lineno or node.lineno) - node.lineno + 1


def _product_javascript() -> int:
    with tempfile.TemporaryDirectory() as home:
        server = Server(f"http://localhost:{free_port()}", Path(home)).start()
        try:
            return _javascript(f"{server.url}/sign-in")
        finally:
            server.stop()


def _empty_javascript() -> int:
    with tempfile.TemporaryDirectory() as home:
        folder, port = Path(home), free_port()
        (folder / "empty").mkdir()
        (folder / "empty" / "empty.py").write_text(EMPTY_APP)
        (folder / "rxconfig.py").write_text(EMPTY_CONFIG)
        (folder / "requirements.txt").write_text((ROOT / "requirements.txt").read_text())
        run = [sys.executable, "-m", "reflex", "run", "--env", "prod", "--single-port", "--backend-port", str(port)]
        environment = {**os.environ, "REFLEX_USE_NPM": "1", "REFLEX_CHECK_LATEST_VERSION": "0"}
        server = Running(
            f"http://localhost:{port}", [*run, "--backend-host", "127.0.0.1"],
            folder=folder, log=folder / "log", environment=environment,
        ).start()  # fmt: skip
        try:
            return _javascript(server.url)
        finally:
            server.stop()


def _javascript(url: str) -> int:
    """Bytes of all scripts that one visit fetches, each compressed as gzip does it."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium.executable(), args=chromium.options())
        page = browser.new_page()
        answers: list[Response] = []
        page.on("response", lambda answer: answers.append(answer))  # Playwright marks what it is given
        page.goto(url, wait_until="networkidle")
        size = sum(len(gzip.compress(answer.body())) for answer in _scripts(answers))
        browser.close()
    return size


def _scripts(answers: Iterable[Response]) -> Iterator[Response]:
    return (answer for answer in answers if "javascript" in answer.headers.get("content-type", ""))


if __name__ == "__main__":
    main()
