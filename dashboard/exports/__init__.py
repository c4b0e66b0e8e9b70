"""From results to bytes, one medium a file; pure."""
