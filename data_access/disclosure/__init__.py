"""What may be shown: pure functions over counted frames."""
