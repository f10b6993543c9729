"""The rows of a conformance statement in the forms in which such statements are written."""
