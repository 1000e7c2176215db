"""The use-cases of the lists."""
