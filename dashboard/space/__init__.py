"""The map: its ground, its marks, and what a click on it means."""
