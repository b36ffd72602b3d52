"""Sections of a plan file that are no collections of records."""

BESIDE = "beside"
"""What registers and facts name and the plan does not have."""
