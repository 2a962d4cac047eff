"""The pages beside the map: the same claims in view, seen as tables, texts and figures.

The folder is not called pages, for Streamlit would run each file of it as a page of its own.
"""
