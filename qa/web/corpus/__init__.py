"""The corpus page: an overview to look at."""
