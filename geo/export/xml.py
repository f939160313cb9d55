"""Elements of XML whose text is clean: no character that XML forbids, nothing left unescaped."""

import re
from xml.etree import ElementTree

FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def add(parent, tag, text=None, **attributes):
    """A new child of `parent`, with text of the data or None; the child."""
    child = ElementTree.SubElement(parent, tag, {k: clean(v) for k, v in attributes.items()})
    if text is not None:
        child.text = clean(text)
    return child


def clean(text):
    """The text without what may not stand in XML 1.0."""
    return FORBIDDEN.sub("", str(text))


def write(root):
    """The whole document, UTF-8 text with its declaration."""
    ElementTree.indent(root, " ")
    body = ElementTree.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{body}\n'
