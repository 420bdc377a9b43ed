"""Proofs under faults: nothing lost, nothing twice, nothing stuck. `CASEUPDATES_FAULTS=long` makes them long."""
