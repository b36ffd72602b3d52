"""What people without the Desk read of plans in force, and what they say about the services in them."""
