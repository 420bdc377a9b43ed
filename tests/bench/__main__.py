"""Run every benchmark, each in a process of its own: one installation's settings are read once in a process."""

import multiprocessing

from tests.bench import delivering, live, sending, serving, visits

if __name__ == "__main__":
    for bench in (sending, delivering, live, serving, visits):
        print(f"\n{(bench.__doc__ or '').splitlines()[0]}", flush=True)
        process = multiprocessing.get_context("spawn").Process(target=bench.main)
        process.start()
        process.join()
