"""The versions of the schema of the keeper's own database, each a step from the one before."""
