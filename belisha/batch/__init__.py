"""Batches: many files into one history, by several processes, to be stopped and gone on with at any time."""
