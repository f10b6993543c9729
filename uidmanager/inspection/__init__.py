"""The inspection pack: what an inspector asks for, in one file that anyone can check."""
