"""What the program notes of its own running, for whoever looks for the cause of a fault."""
