"""The page that browsers load: built once from the project's files, for whatever address it is served at."""

import fcntl
import gzip
import hashlib
import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from caseupdates.settings import Settings

ROOT = Path(__file__).resolve().parent.parent
LOCK = ROOT / "reflex.lock"
WEB = ROOT / os.environ.get("REFLEX_WEB_WORKDIR", ".web")
PAGE = WEB / "build" / "client"
BUILT_FROM = WEB / "built-from"
EXPORT = [sys.executable, "-m", "reflex", "export", "--frontend-only", "--no-zip"]


class NotBuilt(Exception):
    """Says why, and where all that was said is to be found."""


def build(chosen: Settings, say: Callable[[str], None]) -> None:
    """Compile the page, unless the last build was made from the very same files; raise NotBuilt."""
    with _alone():
        source = fingerprint(chosen)
        if (PAGE / "index.html").exists() and BUILT_FROM.exists() and BUILT_FROM.read_text() == source + locked():
            say("The page is built already")
            return
        say("Building the page; a minute or two the first time")
        BUILT_FROM.unlink(missing_ok=True)
        _export(chosen)
        free_of_address(PAGE, chosen.base_url)
        _tidy_lock()
        BUILT_FROM.write_text(source + locked())


def fingerprint(chosen: Settings) -> str:
    """A hash over all that a build is made from; of the settings only whether there is a mailbox is baked in."""
    digest = hashlib.sha256(str(chosen.is_local).encode())
    for path in _sources():
        digest.update(f"{path.relative_to(ROOT)}\n".encode() + path.read_bytes())
    for name, value in sorted(os.environ.items()):
        if name.startswith(("REFLEX_", "VITE_")) and name != "REFLEX_WEB_WORKDIR":
            digest.update(f"{name}={value}\n".encode())
    return digest.hexdigest()


def locked() -> str:
    """The JavaScript versions; apart, because the first build writes them."""
    lock = LOCK / "package-lock.json"
    return hashlib.sha256(lock.read_bytes()).hexdigest() if lock.exists() else ""


def free_of_address(page: Path, base_url: str) -> None:
    """Have the built page talk to wherever it came from, not to the address that Reflex wrote into it; raise NotBuilt."""
    netloc = base_url.split("://", 1)[1]
    written = re.compile(rf"([`'\"])(?:http|(ws))s?://{re.escape(netloc)}(/[\w/.-]*)\1")
    script = next((page / "assets").glob("reflex-env-*.js"), None)
    freed, count = written.subn(_from_here, script.read_text()) if script else ("", 0)
    if script is None or not count or netloc in freed:
        raise NotBuilt(f"The page could not be built: {netloc} is not where Reflex used to write it.")
    script.write_text(freed)
    if (packed := script.with_name(f"{script.name}.gz")).exists():
        packed.write_bytes(gzip.compress(freed.encode(), mtime=0))


def _from_here(found: re.Match[str]) -> str:
    origin = 'location.origin.replace("http","ws")' if found[2] else "location.origin"
    return f'{origin}+"{found[3]}"'


@contextmanager
def _alone() -> Iterator[None]:
    """Of several processes that start at once, one builds; the others wait for it."""
    with (ROOT / "rxconfig.py").open() as any_file:
        fcntl.flock(any_file, fcntl.LOCK_EX)
        yield


def _export(chosen: Settings) -> None:
    with (chosen.data / "build.log").open("w+") as log:
        own_node_first = {**os.environ, "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"}
        built = subprocess.run(EXPORT, stdout=log, stderr=subprocess.STDOUT, env=own_node_first, check=False)  # noqa: S603
        log.seek(0)
        if built.returncode:
            raise NotBuilt(f"The page could not be built (all that was said is in {log.name}):\n{log.read()[-2000:]}")


def _tidy_lock() -> None:
    """Reflex writes its package.json in one order the first time and in another later; git shall see one."""
    package = LOCK / "package.json"
    package.write_text(json.dumps(json.loads(package.read_text()), indent=2, sort_keys=True) + "\n")


def _sources() -> Iterator[Path]:
    yield from (ROOT / "rxconfig.py", ROOT / "requirements.txt")
    yield from sorted((ROOT / "caseupdates").rglob("*.py"))
    yield from sorted(path for path in (ROOT / "assets").rglob("*") if path.is_file())
