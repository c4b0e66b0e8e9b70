"""From exported files to checked rows in the vault, with every row accounted for."""
