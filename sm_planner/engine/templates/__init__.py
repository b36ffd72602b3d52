"""Templates by context: what a plan can begin with, what of it is taken, and what nobody has looked at yet."""
