"""A made-up programme: files of the template with outcomes known beforehand. README.md says what they prove."""
