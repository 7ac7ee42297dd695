"""What is remembered from run to run: the ledger, its readable side, what is held, who is who."""
