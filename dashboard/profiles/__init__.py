"""Everything about one thing: a place, a side or group, a voice or outlet."""
