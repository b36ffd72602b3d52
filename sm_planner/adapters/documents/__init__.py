"""Documents of a plan as they are checked and written: one record, a whole plan, an archive."""
