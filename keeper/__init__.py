"""What a keeper does from a terminal: withdraw, count, keep, verify, and compute quality."""
