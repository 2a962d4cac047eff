"""The words that mean something to the reading, and what roles, flags and codes there are."""
