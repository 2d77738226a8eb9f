"""gradmark."""
