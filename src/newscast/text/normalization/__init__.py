"""Text as written -> the words that are said, one module a class of thing."""
