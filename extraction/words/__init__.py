"""From letters to tagged words and sentences, and how to look before and behind a word."""
