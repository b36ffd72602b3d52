"""What is refused: by documents of the app, by documents of Frappe's own, and by requests."""
