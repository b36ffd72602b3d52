"""What the Desk shows and asks for: forms, reports, lists, choices, files."""
