"""Proofs under faults: nothing lost, nothing twice, nothing stuck. `CASEUPDATES_FAULTS=long` makes them long."""

import os

IS_LONG = os.environ.get("CASEUPDATES_FAULTS") == "long"
