"""From bytes to a text-only table: nothing is guessed, nothing is lost, every row keeps its number."""
