"""The pages beside the map: the same claims in view, seen as tables, texts and figures."""
