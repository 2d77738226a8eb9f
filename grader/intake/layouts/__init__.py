"""The layouts in which other systems export submissions: a module for each, and their table (`table.py`)."""
