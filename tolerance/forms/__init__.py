"""Forms of the filings."""
