"""The claims themselves: the list, the cards with their evidence, and what cannot be drawn."""
