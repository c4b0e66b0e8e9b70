"""The inbox and the review tray: files on their way in, and what jobs found in them, for a day at most."""
