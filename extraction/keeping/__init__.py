"""Texts in, records kept, records out: folders, the archive and its upkeep, and the exported files."""
