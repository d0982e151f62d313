"""Kinds of offices: which words tell a state's, a company's, a town's, or nobody's.

In: a role in words. Out: patterns that match it.
"""

from __future__ import annotations

import re

OFFICE = re.compile(
    r"\b(?:minister|ministry|president|premier|chancellor|ambassador|envoy|negotiator|delegate|delegation|"
    r"spokes\w+|general|colonel|captain|major|admiral|"
    r"lieutenant|brigadier|commander|officials?|secretary|treasurer|undersecretary|under-secretary|king|queen|"
    r"prince|emir|commissioner|representative|"
    r"consul|chargé|diplomatic|foreign office|state department|adviser|aide|army|military|governor|police|"
    r"intelligence|consulate|embassy|mission|"
    r"government|cabinet|senator|mp|counterpart|attaché|chief|head|leader|deputy|PM|chair|judge|prosecutor|"
    r"regulator|parliament|speaker)\b",
    re.I,
)
PRIVATE = re.compile(
    r"\b(?:researcher|analyst|actress|actor|banker|economist|campaigner|journalist|reporter|correspondent|"
    r"farmer|activist|lawyer|attorney|professor|historian|"
    r"scientist|expert|fisherman|skipper|trader|owner|consultant|author|writer|student|teacher|nurse|resident|"
    r"shopkeeper|presenter|columnist|ombudsman|"
    r"lecturer|scholar|singer|widow|mother|father|director|businessman|businesswoman|monk|priest)\b",
    re.I,
)
MINISTERIAL = re.compile(
    r"\b(?:(?:finance|defen[cs]e|interior|trade|commerce|business|agriculture|environment|culture|housing|"
    r"justice|labou?r|energy|treasury|aviation|health|education|"
    r"transport|permanent) secretary|prime minister|minister|deputy minister|cabinet secretary|"
    r"foreign secretary|home secretary|secretary of state|treasurer|chancellor|vice[- ]president|PM|premier|"
    r"undersecretary|attorney general|ambassador|president|(?:cabinet|government|ministry) spokes\w+)\b",
    re.I,
)
HEAD = re.compile(r"(?<!vice )(?<!vice-)\b(?:president|prime minister|premier|chancellor|king|queen|emir)\b", re.I)
# Who leads some of a land's people, not the land: "the Dutch far-right leader", "the Kestrian Liberal leader"
OF_A_WING = re.compile(
    r"\b(?:(?:far|hard|centre|center|extreme|radical)[- ](?:right|left)|(?:right|left)[- ]wing|right|left|populist|"
    r"nationalist|socialist|conservative|liberal|social democrat(?:ic)?|green|communist|party|union|protest|student|"
    r"business)"
    r" (?:party )?(?:leader|politician|firebrand|chief|figure|veteran|candidate)\b",
    re.I,
)
LOCAL = re.compile(
    r"\b(?:[Mm]ayor|[Mm]ayoress|[Bb]urgomaster|[Pp]refect|[Gg]overnor|Gov\.|"
    r"(?:[Pp]rovincial|[Dd]istrict|[Rr]egional|[Cc]ounty) (?:commissioner|administrator))(?!\w)"
)
STAFF = re.compile(
    r"\b(?:head|treasurer|spokes\w+|chief negotiator|negotiator|secretary|chairman|chairwoman|chair|president|"
    r"general secretary|secretary general|partner|"
    r"chief executive|leader|commander|coordinator|delegate|deputy)\b",
    re.I,
)
OF_COMPANY = re.compile(
    r"\b(?:chief executive|chief (?:financial|operating|investment) officer|CEO|(?:finance|managing) director|chairman|"
    r"chairwoman|general secretary|head of [a-z]+)\b"
)
CORPORATE = re.compile(
    r"\b(?:chief executive|chief financial officer|finance director|chairman|chairwoman|general secretary|"
    r"managing director|director|partner|manager|superintendent|"
    r"commissioner|counsel|curator|coordinator|CEO|founder)\b",
    re.I,
)
DETACHED = re.compile(
    r"\b(?:close to|familiar with|near to|briefed on|knowledge of|travelling|who have seen|who has seen|"
    r"with knowledge|former|ex-|late|retired|exiled?|predecessor)\b",
    re.I,
)
OF_TALKS = re.compile(  # who chairs what all sides attend speaks for none of them
    r"\bof (?:the |these |this )?(?:[\w-]+ )?(?:talks|negotiations|conference|summit|session|meeting|round)\b", re.I
)
# Offices of those who are against a government: "opposition leader", "the Kestrian rebels' chief negotiator".
_FOES = r"(?:opposition|rebels?|guerrillas?|insurgents?|separatists?|secessionists?|dissidents?|militants?|jihadists?)"
_OF_FOES = (
    r"(?:(?:supreme|top|chief|senior|military|political|party|group|movement|coalition|army|forces?)['’s]* ){0,2}"
    r"(?:leader|chief|commander|negotiator|spokes\w+|politician|figure|lawmaker|legislator|MP|candidate|envoy|delegate|"
    r"representative|official|officer|general|colonel|coordinator|fighter|ideologue|veteran|head|mediator|member)s?"
)
_BODIES_OF_FOES = r"(?:alliance|coalition|movement|group|faction|militia|army|force|front|party|leadership|camp|bloc)s?"
_FOR_FOES = rf"(?:leader|head|commander|spokes\w+|chief negotiator) (?:of|for) the (?:[\w-]+ )?{_FOES}"
APART = re.compile(  # right before a name
    rf"\b(?:{_FOES}['’]? {_OF_FOES}|{_FOR_FOES})(?:,? (?:[A-Z]\w*\.? ?)*)?$", re.I
)
APART_AFTER = re.compile(  # right after it
    rf",\s(?:(?:the|an?)\s)?(?:[\w-]+['’]?s?\s){{0,2}}?(?:{_FOES}['’]? {_OF_FOES}|{_FOR_FOES})\b", re.I
)
GROUP_APART = re.compile(
    rf"^(?:[\w-]+(?:['’]s)? ){{0,4}}?{_FOES}(?:['’]?(?: (?:{_OF_FOES}|{_BODIES_OF_FOES}))\b|$)", re.I
)  # "Kestrian rebel chiefs"
