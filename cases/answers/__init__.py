"""The answers of this room to the gates that ``cases/gates.py`` names, by stage."""
