"""Starts the stand-in: python -m tests.provider --port 4800 --settings '{"limit": 2}'; its first line is its URL."""

import argparse
import asyncio
import contextlib
import json
import sys

from tests.provider.account import Account
from tests.provider.app import start


async def serve(account: Account, port: int, while_read: bool) -> None:
    runner, port = await start(account, port)
    print(f"http://127.0.0.1:{port}", flush=True)
    try:
        # Whoever started it holds the other end: it ends with them, however they end.
        await (asyncio.to_thread(sys.stdin.read) if while_read else asyncio.Event().wait())
    finally:
        await runner.cleanup()


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.provider", description=__doc__)
    parser.add_argument("--port", type=int, default=0, help="0 for a free one")
    parser.add_argument("--settings", type=json.loads, default={}, help="see tests/provider/settings.py")
    parser.add_argument("--while-read", action="store_true", help="end when standard input is closed")
    told = parser.parse_args()
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(serve(Account(**told.settings), told.port, told.while_read))


if __name__ == "__main__":
    main()
