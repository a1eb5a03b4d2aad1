"""Stage one: what is on the page. Knows PDF and geometry, nothing of councils."""
