"""The steps of data/build_gazetteer.py: reading sources, joining them, writing the file."""
