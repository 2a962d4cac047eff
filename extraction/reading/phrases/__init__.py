"""Between words and events: the phrases of a sentence, each kind found in a module of its own."""
