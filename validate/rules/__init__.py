"""A rating rule's words taken apart, clause by clause, and weighed along the axis of variance."""
