"""Where is it? The places of Syria, their names, and the right one of several namesakes."""
