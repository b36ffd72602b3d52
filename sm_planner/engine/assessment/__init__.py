"""Where the organisation stands, what is missing to where it wants to be, and what is done about that."""
