"""The gates of a plan in their order: why, sponsor, goals, organisational change, people and process, and tools last."""
