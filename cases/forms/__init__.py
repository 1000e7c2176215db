"""What is typed at each stage of a case."""
