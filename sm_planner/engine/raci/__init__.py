"""Who is responsible: the cell of every process, service and component, inherited and overridden, and its load."""
