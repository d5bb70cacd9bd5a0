"""What Wenju costs in time, memory and disk: `make bench`."""
