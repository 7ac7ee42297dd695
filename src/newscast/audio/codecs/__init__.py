"""Sound and tags -> the bytes of a media file, one module a format."""
