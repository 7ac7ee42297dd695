"""Folder and title -> a new show."""
