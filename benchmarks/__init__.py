"""Speeds beside their peers, measured in one run: `python -m benchmarks`."""
