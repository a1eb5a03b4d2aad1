"""Stage three: whether it is right. Knows rules and arithmetic, nothing of tables."""
