"""The worker: the one process besides the command line that opens the vault. It does what the desk's queue asks."""
