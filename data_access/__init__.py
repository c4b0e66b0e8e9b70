"""Everything between an export and a release, and what the dashboard may open of it."""
