"""What titles look like in a text without marks, and what looks so and is none."""

import re

SMALL = (
    r"(?:of|the|and|a|an|in|to|for|on|at|with|from|vs\.?|&|by|"
    r"de|la|le|les|du|des|el|los|der|die|das|und|von|og|y|et)"
)
WORD = r"[A-ZÀ-ÖØ-Þ0-9][\w’'.-]*[\w!?]|[A-Z0-9]"
TITLE = rf"(?:{WORD})(?:(?::?\s|\s[–—-]\s)(?:{SMALL}\s){{0,2}}(?:{WORD})){{0,7}}"
NOT_TITLES = re.compile(
    r"(?:The\s)?(?:Festival|Commission|Board|Awards?|Academy|Institute|Studios?|Museum|Critics|"
    r"Office|Fund|School|I|In|At|On|The|A|He|She|It|They|We|This|That|But|And|When|While|As|After|"
    r"Before|Netflix|HBO|BBC|Disney|Amazon|Apple|Marvel|Warner|Universal|Paramount|Sony|Hollywood|"
    r"Bollywood|Instagram|Twitter|Facebook|YouTube|Today|Now|Season|Monday|Tuesday|Wednesday|"
    r"Thursday|Friday|Saturday|Sunday|January|February|March|April|May|June|July|August|September|"
    r"October|November|December|Film|Films|Movie|Production|Director|Oscars?|Emmys?|Hogwarts|NASA|CIA|FBI|Prime|Video|"
    r"Max|Hulu|[12]\d{3}|\d+)(?:\s(?:Studios?|TV|Video|Plus|\+|\d+))?",
)


def is_person(text, name):
    """Whether a name is somebody's: the surname recurs alone, or follows a first name elsewhere."""
    words = name.split()
    if len(words) == 1:
        pattern = rf"\b[A-Z][\w.-]+\s{re.escape(words[0])}\b(?!\s(?:is|was) (?:shot|set))"
        return bool(re.search(pattern, text)) or bool(
            re.search(rf"\b{re.escape(words[0])}\s(?:said|says|plays|told|himself|herself)\b", text)
        )
    return len(words) < 4 and bool(
        re.search(rf"(?<!{re.escape(words[-2])}\s)\b{re.escape(words[-1])}(?:[’']s)?\s[a-z]", text)
    )
