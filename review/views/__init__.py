"""Pages of the reviews: each translates, calls once, answers."""
