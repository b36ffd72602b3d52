"""What people type in tables: several records of a kind at once, rows that come from a spreadsheet."""
