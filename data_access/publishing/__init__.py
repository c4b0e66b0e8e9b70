"""Resolve, count, protect, write: the only maker of a release."""
