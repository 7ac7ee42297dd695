"""Bytes of a page or text -> blocks, metadata and whether it is an article."""
