"""A PNG that tells what it shows: title, alt text, credit, licence and the view's address inside.

Written as XMP in an iTXt chunk (PNG 1.2, 11.3.4), the alt text in the field that IPTC's Photo
Metadata Standard has for it, so that it is there wherever the picture is copied to.
"""

import struct
import zlib
from html import escape

from geo.picture import fonts

HEADER_END = 33  # bytes: the signature and the IHDR chunk, which comes first
TERMS = "https://creativecommons.org/licenses/by/4.0/"
PACKET = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:xmpRights="http://ns.adobe.com/xap/1.0/rights/"
 xmlns:Iptc4xmpCore="http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/">
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:rights><rdf:Alt><rdf:li xml:lang="x-default">{rights}</rdf:li></rdf:Alt></dc:rights>
<dc:source>{source}</dc:source>
<xmpRights:WebStatement>{terms}</xmpRights:WebStatement>
<Iptc4xmpCore:AltTextAccessibility><rdf:Alt><rdf:li xml:lang="x-default">{alt}</rdf:li></rdf:Alt>
</Iptc4xmpCore:AltTextAccessibility>
</rdf:Description>
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="r"?>"""


def tell(png, title, alt, rights, source=""):
    """The PNG bytes with these texts added; `source` is the address that restores the view."""
    texts = {"title": title, "alt": alt, "rights": rights, "source": source, "terms": TERMS}
    clean = {name: escape(fonts.printable(text)) for name, text in texts.items()}
    data = b"XML:com.adobe.xmp\0\0\0\0\0" + PACKET.format(**clean).encode("utf-8")
    return png[:HEADER_END] + chunk(b"iTXt", data) + png[HEADER_END:]


def chunk(kind, data):
    """A chunk of a PNG file: its length, kind, data and checksum."""
    body = kind + data
    return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))
