"""The demonstration world: invented people who are seen to be invented, moved by the same services as real ones."""
