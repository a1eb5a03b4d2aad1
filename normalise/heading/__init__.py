"""What a column holds, told from its heading, its cells and its looks."""
