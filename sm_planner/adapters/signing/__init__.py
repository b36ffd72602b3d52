"""The act of signing on a site, and the daily watch over what was signed."""
