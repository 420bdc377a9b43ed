"""`python -m tests.bench.delivering instant codes` measures these parts alone; all without a name."""

import sys

from tests.bench import delivering

if __name__ == "__main__":
    delivering.main(sys.argv[1:] or tuple(delivering.PARTS))
