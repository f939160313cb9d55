"""Open data on filming places -> records for the store, each with its source and licence.

A reader of a source (wikidata.py, tables.py) yields Rows; match.py turns Rows into records that
carry the catalogue's names, or says why it left one out. The store then keeps each fact once,
however often an import is repeated.
"""
