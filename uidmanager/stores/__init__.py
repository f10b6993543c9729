"""Where a ledger lives: a file of JSON lines, or memory. docs/ledger-format.md specifies the bytes."""
