"""Place names: which words are one, and of which place."""
