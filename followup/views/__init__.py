"""One module a page of the aftermath."""
