"""The forms of the lists."""
