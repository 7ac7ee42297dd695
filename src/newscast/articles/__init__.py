"""Anything a producer points at -> Article."""
