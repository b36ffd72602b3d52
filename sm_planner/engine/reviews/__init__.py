"""Reviews: what is on the agenda, how one is held, and what its decisions and what people notice become."""
