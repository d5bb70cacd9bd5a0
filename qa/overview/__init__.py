"""An overview of a store in figures: what it holds, when that was published and by whom, and a map of its topics."""
