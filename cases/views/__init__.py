"""Pages of clues and cases: each translates, calls once, answers."""
