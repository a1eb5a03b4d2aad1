"""Pages that are pictures: the same words, rules, fills and signs as from a text page, found in the ink."""
