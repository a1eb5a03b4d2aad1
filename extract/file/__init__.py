"""The bytes of a PDF before its pages: its streams, and what is damaged or missing."""
