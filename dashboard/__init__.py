"""What do people see? The map, the timeline and the claims, drawn from the archive."""
