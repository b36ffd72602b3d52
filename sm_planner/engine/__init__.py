"""What is true about a plan: pure functions of an immutable :class:`~sm_planner.engine.model.Plan`.

Nothing in here reads a clock, a site or the network, and nothing imports frappe.
"""
