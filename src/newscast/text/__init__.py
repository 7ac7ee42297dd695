"""Article -> Script: what will be said, in words."""
