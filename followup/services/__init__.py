"""The use-cases of execution and visits."""
