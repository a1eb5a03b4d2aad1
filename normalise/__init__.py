"""Stage two: what the cells mean. Knows measures, codes, values and words, nothing of PDF."""
