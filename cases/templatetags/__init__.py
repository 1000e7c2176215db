"""Words of the case for templates."""
