"""Who has to be able to do what, what is missing, and what closes it in time."""
