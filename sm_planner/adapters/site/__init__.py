"""What is stored on a site and how it is told: DocTypes and the model, rows, locks, numbers, words."""
