"""What a plan has to say to whom: when it is due, what was held of it, who heard it, and what was answered."""
