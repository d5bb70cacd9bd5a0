"""Follow-up questions: what a question takes from the ones before it, and whether it is better asked alone."""
