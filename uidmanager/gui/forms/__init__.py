"""Forms: they hold a draft, show its preview at every keystroke, and submit it."""
