"""What the board saw: figures of some pages, of one release, selection and day of the plan, kept as they were."""
