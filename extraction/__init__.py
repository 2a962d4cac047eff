"""What does the text say, and who says it? Texts in, records with offsets out."""
