"""Clips -> one loud-enough, tagged MP3 and its Timeline."""
