"""Files of `data/` become checked accounts."""
