"""The private half: raw rows, pseudonymised. Only jobs open it."""
