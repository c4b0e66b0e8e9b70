"""One metric a file: a record, a frame made from release cells, a headline."""
