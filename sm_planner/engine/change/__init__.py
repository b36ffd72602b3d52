"""The people side of a plan: whom it changes, how they are won, who stands behind it, and when they see value."""
