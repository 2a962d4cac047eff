"""Tools for those who work on the reading: what a change changes, and what no example holds."""
