"""The documents page: what is there, adding, removing, reading again."""
