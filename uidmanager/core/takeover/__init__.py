"""Taking over a spreadsheet: its rows against the registry, a verdict on each, and the draft of those that stand."""
