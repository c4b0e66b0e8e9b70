"""A made-up programme, written as template files and imported through the same door."""
