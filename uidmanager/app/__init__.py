"""The use cases, for the window and the command line alike, and the ports they need of the world."""
