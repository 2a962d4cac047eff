"""What many claims say together: incidents, ranges of figures, and who is said to hold a place."""
