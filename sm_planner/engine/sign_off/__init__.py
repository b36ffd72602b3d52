"""The act: who moves a plan on, who signs it, and what stands in the way. It lies above the checks, which it asks."""
