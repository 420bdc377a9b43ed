"""Run every benchmark."""

from tests.bench import live, sending

for bench in (sending, live):
    print(f"\n{(bench.__doc__ or '').splitlines()[0]}")
    bench.main()
