"""Numbered, hashed folders of safe tables: written once by publishing, opened by everybody."""
