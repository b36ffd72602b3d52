"""When what is planned can be done: earliest dates, slack, critical path, dates by capacity, load of the teams.

Signed dates are never moved here: what follows from predecessors, working days and capacity is told beside them.
"""
