"""A file through the gate: against Starlette's FileResponse on the same server, copyparty and nginx."""

import shutil
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from tests.bench import sent, servers
from tests.bench.downloads import Line, Source, many, one

LARGE, MIDDLE, SMALL = 10**9, 64 * 10**6, 10**4  # bytes
TIMES = 5  # the machine is shared: the best of some runs
AT_ONCE = 50
FIRST_BYTES = 2_000
PAUSE = 0.01  # seconds: what we still do for an answer after its last byte is not to delay the next one's first
OURS, BARE = "through the gate", "bare FileResponse"
AIMS = {BARE: 0.9, "copyparty": 1.0, "nginx": 0.6}
MOST_GROWTH, MOST_DELAY = 32, 1.5  # MB; times the bare one's

Sources = dict[int, Source]  # of one server, by size


def main() -> None:
    home = Path(tempfile.mkdtemp(prefix="caseupdates-bench-"))
    product = servers.Product(home)
    running = [product.start()]
    try:
        sent.use(product.data)
        from caseupdates.database import writing

        with writing() as session:
            link = sent.send_files(session, (LARGE, MIDDLE, SMALL))
        files = product.data / "files"
        others = {"copyparty": servers.copyparty(files, home), "nginx": servers.nginx(files, home)}
        running += [each for each in others.values() if each]
        with sent.open_window(link.token) as cookie:
            ours = {size: Source(product.url + path, cookie) for size, path in link.paths.items()}
            bare = {size: Source(f"{product.url}/bare{path}") for size, path in link.stored.items()}
            theirs = {
                name: {size: Source(f"{each.url}/{path.relative_to(files)}") for size, path in link.stored.items()}
                for name, each in others.items() if each
            }  # fmt: skip
            _measure(product, ours, {BARE: bare, **theirs})
        if servers.NGINX is None:
            print("  nginx is not here: apt-get install nginx-light")
    finally:
        for each in running:
            each.stop()
        shutil.rmtree(home)  # gigabytes


def _measure(product: servers.Product, ours: Sources, theirs: dict[str, Sources]) -> None:
    every = {OURS: ours, **theirs}
    growths: list[float] = []

    def burst(source: Source) -> float:
        if source != ours[MIDDLE]:
            return many(source, AT_ONCE)
        with product.growth() as grown:
            speed = many(source, AT_ONCE)
        growths.append(grown[-1] / 1e6)
        return speed

    _say_speeds("1 GB, one download", _best(every, LARGE, one))
    _say_speeds(f"64 MB, {AT_ONCE} downloads at once", _best(every, MIDDLE, burst))
    print(f"    the server's memory grows by {max(growths):.0f} MB (aim < {MOST_GROWTH})")
    _say_delays(_first_bytes(every))


def _best(servers: dict[str, Sources], size: int, measure: Callable[[Source], float]) -> dict[str, float]:
    """Bytes per second of each, in turns."""
    speeds = dict.fromkeys(servers, 0.0)
    for _ in range(TIMES):
        for name, sources in servers.items():
            speeds[name] = max(speeds[name], measure(sources[size]))
            time.sleep(0.2)
    return speeds


def _first_bytes(servers: dict[str, Sources]) -> dict[str, float]:
    """Seconds to the first byte of each, the median, in turns."""
    lines = {name: Line(sources[SMALL]) for name, sources in servers.items()}
    delays: dict[str, list[float]] = {name: [] for name in lines}
    for _ in range(FIRST_BYTES):
        for name, line in lines.items():
            delays[name].append(line.first_byte())
            time.sleep(PAUSE if name == OURS else 0)
    for line in lines.values():
        line.close()
    return {name: statistics.median(each) for name, each in delays.items()}


def _say_speeds(title: str, speeds: dict[str, float]) -> None:
    print(f"  {title:36}{'MB/s':>8}   ours/it")
    for name, speed in speeds.items():
        ratio = f"{speeds[OURS] / speed:10.2f}  (aim >= {AIMS[name]})" if name in AIMS else ""
        print(f"    {name:34}{speed / 1e6:8,.0f}{ratio}")


def _say_delays(delays: dict[str, float]) -> None:
    print(f"  {f'10 kB, first byte, median of {FIRST_BYTES:,}':36}{'ms':>8}   ours/it")
    for name, delay in delays.items():
        ratio = "" if name == OURS else f"{delays[OURS] / delay:10.2f}"
        print(f"    {name:34}{delay * 1000:8.2f}{ratio}{f'  (aim <= {MOST_DELAY})' if name == BARE else ''}")


if __name__ == "__main__":
    main()
