"""The use-cases of the reviews."""
