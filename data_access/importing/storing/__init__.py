"""From checked rows to the vault: pseudonyms, identities, versions, one transaction."""
