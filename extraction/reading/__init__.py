"""What one text says: its places, days, sides, voices and happenings, and the claims made of them."""
