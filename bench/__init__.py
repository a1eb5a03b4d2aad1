"""Measurements: how much processor time Belisha takes, against the least that any reader must spend."""
