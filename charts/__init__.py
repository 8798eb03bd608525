"""Numbers in, figure or map out. Knows no widget and no file."""
