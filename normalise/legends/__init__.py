"""The forms in which reports print their rating rule and the meaning of their signs."""
