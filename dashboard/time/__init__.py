"""The timeline: how many claims on which days, and which days are in view."""
