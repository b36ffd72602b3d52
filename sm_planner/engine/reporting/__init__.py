"""Reports to people: who reads them, what was issued, what readers say of it, and what stands on a monthly progress sheet."""
