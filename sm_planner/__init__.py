"""SM Planner: service management plans, checked, signed and sealed."""

__version__ = "0.5.0"
