"""What the app brings to a site among what others made, and takes away again."""
