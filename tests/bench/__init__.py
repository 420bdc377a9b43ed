"""Benchmarks: `make bench` prints ratios against a floor measured in the same run; they never fail."""
