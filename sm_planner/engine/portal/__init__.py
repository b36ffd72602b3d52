"""What customers read of a plan in force: what is offered to them, at which levels, in which hours, and how to reach us."""
