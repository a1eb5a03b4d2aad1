"""The HTML audit report: one file that needs nothing from elsewhere. Nothing here reads or judges."""
