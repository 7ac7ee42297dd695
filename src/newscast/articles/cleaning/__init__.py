"""Blocks of a page -> the paragraphs its author wrote."""
