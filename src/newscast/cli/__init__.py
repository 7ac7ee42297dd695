"""The door: flags -> one call -> exit code."""
