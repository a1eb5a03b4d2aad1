"""Tables without vertical rules: columns and rows told by where words stand."""
