"""Script lines -> clips."""
