"""`make run`: check the settings, migrate the database, build the page if it changed, serve both on one port."""

import hashlib
import json
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.util import CommandError
from sqlalchemy.exc import OperationalError

from caseupdates import demo, demo_firm
from caseupdates.database import engine, writing
from caseupdates.people import welcome
from caseupdates.settings import Settings, WrongSetting, settings

ROOT = Path(__file__).resolve().parent.parent
LOCK = ROOT / "reflex.lock"
WEB = ROOT / os.environ.get("REFLEX_WEB_WORKDIR", ".web")
PAGE = WEB / "build" / "client"
BUILT_FROM = WEB / "built-from"


def main() -> None:
    os.chdir(ROOT)
    try:
        chosen = settings()
        refuse_taken(chosen)
        say("Bringing the database up to date")
        migrate()
    except (WrongSetting, TakenPort, NoDatabase) as problem:
        say(str(problem))
        sys.exit(2)
    greet(chosen)
    build(chosen)
    say(f"Serving on {chosen.base_url}")
    serve(chosen)


def say(sentence: str) -> None:
    print(f"Case Updates: {sentence}", flush=True)


class TakenPort(Exception):
    pass


def refuse_taken(chosen: Settings) -> None:
    """Ask before the build, which takes a minute; the server would only find out after it."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", chosen.port))
        except OSError:
            raise TakenPort(
                f"Port {chosen.port} is already in use. Stop what serves there, "
                "or give CASEUPDATES_BASE_URL another port."
            ) from None


class NoDatabase(Exception):
    pass


def migrate() -> None:
    """Bring the database to the newest version; safe while other processes do the same."""
    try:
        command.upgrade(Config(ROOT / "alembic.ini"), "head")
    except OperationalError as error:
        raise NoDatabase(f"The database does not answer (DATABASE_URL): {error.orig}") from None
    except CommandError as error:
        raise NoDatabase(f"The database was made by a newer version of Case Updates. {error}") from None
    engine().dispose()  # the server forks: a connection must not be shared with its workers


def greet(chosen: Settings) -> None:
    """On an empty database: load the demo firm where only this machine can see it, else say how to begin."""
    with writing() as session:
        if chosen.demo and welcome.is_open(session):
            say("Loading the demo firm")
            demo.load(session)
        if welcome.is_open(session):
            path = f"/welcome?token={welcome.token(chosen.secret_key)}"
            say(f"Nobody is here yet. Become the first administrator at {chosen.url(path)}")
        if demo.is_loaded(session):
            signs = "\n".join(f"  {name}@example.com".ljust(34) + part for name, part in demo_firm.SIGN_INS.items())
            say(f"The demo firm: sign in with the password {demo_firm.PASSWORD} as\n{signs}")
    engine().dispose()


def build(chosen: Settings) -> None:
    """Compile the page for browsers, unless the last build was made from the very same files."""
    source = fingerprint(chosen)
    if (PAGE / "index.html").exists() and BUILT_FROM.exists() and BUILT_FROM.read_text() == source + locked():
        say("The page is built already")
        return
    say("Building the page; a minute or two the first time")
    BUILT_FROM.unlink(missing_ok=True)
    with (chosen.data / "build.log").open("w+") as log:
        export = [sys.executable, "-m", "reflex", "export", "--frontend-only", "--no-zip"]
        own_node_first = {**os.environ, "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"}
        built = subprocess.run(export, stdout=log, stderr=subprocess.STDOUT, env=own_node_first, check=False)  # noqa: S603
        log.seek(0)
        if built.returncode:
            say(f"The page could not be built (all that was said is in {log.name}):\n{log.read()[-2000:]}")
            sys.exit(1)
    tidy_lock()
    BUILT_FROM.write_text(source + locked())


def tidy_lock() -> None:
    """Reflex writes its package.json in one order the first time and in another later; git shall see one."""
    package = LOCK / "package.json"
    package.write_text(json.dumps(json.loads(package.read_text()), indent=2, sort_keys=True) + "\n")


def fingerprint(chosen: Settings) -> str:
    """A hash over all that a build is made from; of the settings only the base URL is baked in."""
    digest = hashlib.sha256(chosen.base_url.encode())
    for path in sources():
        digest.update(f"{path.relative_to(ROOT)}\n".encode() + path.read_bytes())
    for name, value in sorted(os.environ.items()):
        if name.startswith(("REFLEX_", "VITE_")) and name != "REFLEX_WEB_WORKDIR":
            digest.update(f"{name}={value}\n".encode())
    return digest.hexdigest()


def locked() -> str:
    """The JavaScript versions; apart, because the first build writes them."""
    lock = LOCK / "package-lock.json"
    return hashlib.sha256(lock.read_bytes()).hexdigest() if lock.exists() else ""


def sources() -> Iterator[Path]:
    yield from (ROOT / "rxconfig.py", ROOT / "requirements.txt")
    yield from sorted((ROOT / "caseupdates").rglob("*.py"))
    yield from sorted(path for path in (ROOT / "assets").rglob("*") if path.is_file())


def serve(chosen: Settings) -> None:
    """Serve the built page and the app from one port, as `reflex run --env prod --single-port` does after its build."""
    from reflex.utils.exec import run_backend_prod
    from reflex_base import constants
    from reflex_base.config import get_config
    from reflex_base.environment import environment

    environment.REFLEX_ENV_MODE.set(constants.Env.PROD)
    environment.REFLEX_COMPILE_CONTEXT.set(constants.CompileContext.RUN)
    environment.REFLEX_SKIP_COMPILE.set(True)
    run_backend_prod(get_config().backend_host, chosen.port, mount_frontend_compiled_app=True)


if __name__ == "__main__":
    main()
