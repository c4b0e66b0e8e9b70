"""Pages compose: one file a page, a record and a render function, nothing that runs on import."""
