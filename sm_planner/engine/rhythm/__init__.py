"""The rhythm of reviews: on which days they are due, which were held, moved, skipped or missed, and what makes a version due."""
