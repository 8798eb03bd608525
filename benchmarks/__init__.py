"""What is fast is measured here, as ratios within one run. `make bench` prints all of it."""
