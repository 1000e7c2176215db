"""Generated cases: the rows of service-made ones, told again of other people under other numbers, written in bulk."""
