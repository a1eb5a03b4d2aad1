"""What changed between reports: one module a kind of event. Each looks and changes nothing."""
