"""The evidence view: quotations in their articles, and why each passage was found."""
