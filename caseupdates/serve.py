"""`make run`: check the settings, migrate the database, build the page if it changed, serve both on one port."""

import os
import socket
import sys
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.util import CommandError
from sqlalchemy.exc import OperationalError

from caseupdates import building, demo, demo_firm
from caseupdates.database import engine, writing
from caseupdates.people import welcome
from caseupdates.settings import Settings, WrongSetting, settings

ROOT = Path(__file__).resolve().parent.parent


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
    try:
        building.build(chosen, say)
    except building.NotBuilt as problem:
        say(str(problem))
        sys.exit(1)
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
