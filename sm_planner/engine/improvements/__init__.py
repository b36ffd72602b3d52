"""Improvements: their priority, their order, and what came of them."""
