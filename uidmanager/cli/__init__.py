"""The command line: each command parses, calls the service and prints. No rule of the registry lives here."""
