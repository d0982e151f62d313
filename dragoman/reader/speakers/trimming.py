"""Cuts from an attribution what its finder took in too much: of the headline, of the clause around it, of whom it told.

In: a draft or the cast of its text, and an attribution. Out: the same attribution, or a shorter one.
"""

from __future__ import annotations

import re
from dataclasses import replace

from dragoman.folding import fold
from dragoman.reader.draft import Draft, Found
from dragoman.reader.names.names import Cast
from dragoman.reader.names.roles import anothers_office
from dragoman.reader.vocabulary import words
from dragoman.reading import Span, Spans

_PRONOUN_AND_VERB = re.compile(
    r"(?:he|she|they|it|(?-i:[Ww]ho)|I|we)(?=\s+(?!and|both|all|each|alone|two|who|of|in|at)\w)", re.IGNORECASE
)
# "it was agreed that …": nobody is named who agreed
_IT = re.compile(r"it", re.IGNORECASE)
_IS_SAID = re.compile(
    r"(?:is|was|has been|had been|will be) (?:\w+ly |now |also |widely )?(?:agreed|decided|understood|expected|"
    r"believed|thought|hoped|feared|said|reported|announced|suggested|proposed|claimed|alleged|argued|estimated|rumou?red)(?!\w)"
    r"(?! (?:by|to)(?!\w))"
)
# "10.45am BST Velm says": the hour above an entry of a live blog
_ZONE = re.compile(r"(?:GMT|UTC|BST|CET|CEST|EST|EDT|ET|PST|PDT|IST|AEST|AEDT|EET|MSK)\s+(?=\w)")
_LEAD_WORD = re.compile(r"(?P<word>[A-Z][a-z]+), (?=\w)")
_HOUR = re.compile(r"\d\s?(?:[ap]\.?m\.?)?\s\Z")
_OWN = re.compile(r"['’]s? own\Z")
_WITH = re.compile(r"with\s+")
_REPORT_AT_END = re.compile(r"\s(?P<verb>reported|reports|said|says|wrote|writes)$")
_OFFICE = re.compile(r"[^,]{3,60},\s+(?=[A-ZÀ-Þ])")
_ITSELF = re.compile(r"\s+(?:him|her|it|them|our|my)sel(?:f|ves)")
_HEADLINE = re.compile(r"[^\n]*[\w'’)]\n\n")
_TO_OUTLET = re.compile(r"\s+(?:to|in|on)\s+(?:the\s+)?$")
_MADE_KNOWN = re.compile(
    r"(?:den(?:y|ies|ied|ying)|confirm\w*|admit\w*|repeat\w*|explain\w*|describ\w*|reveal\w*|disclos\w*|hint\w*|"
    r"dismiss\w*|reject\w*|put|set out|defend\w*)$",
    re.I,
)
_LINK = re.compile(r"(?<=[\w”\"’]),? (?:and|but|or|while|whereas|though|although)\Z")
_GOES_ON = re.compile(r"\s\w")


def below_headline(text: str, f: Found) -> Found:
    """An attribution whose source and content do not begin in the headline above their paragraph."""
    source = f.source if f.cue and f.source and f.cue.start < f.source[0].end else _below_headline(text, f.source)
    content = _below_headline(text, f.content)
    return f if (source, content) == (f.source, f.content) else replace(f, source=source, content=content)


def _below_headline(text: str, spans: Spans) -> Spans:
    above = _HEADLINE.match(text, *spans[0]) if spans else None
    return spans if above is None else Spans([(above.end(), spans[0].end), *spans[1:]])


def speaker_alone(draft: Draft, f: Found) -> Found:
    """An attribution whose source goes on into the clause, without the rest: "she told Parliament".

    "with" before one that does something is no part of it either ("with Halden insisting on a vote"), nor is "own"
    before what is theirs ("the ministry's own count"), nor an office that another had ("after Hana Kirov's resignation
    as trade minister, Tui Vekk").
    """
    if not f.source:
        return f
    start, end = f.source[0]
    lead = _LEAD_WORD.match(draft.document.text, start, end)
    if lead is not None and fold(lead["word"]) in words("lead_adverbs"):  # "However, Leth and Marrow"
        return replace(f, source=Spans([(lead.end(), end), *f.source[1:]]))
    zone = _ZONE.match(draft.document.text, start, end)
    if zone is not None and _HOUR.search(draft.document.text, max(0, start - 6), start):
        return replace(f, source=Spans([(zone.end(), end), *f.source[1:]]))
    if f.cue and _IT.fullmatch(draft.document.text, start, end) and _IS_SAID.match(draft.document.text, f.cue.start):
        return replace(f, source=Spans([]))
    if f.cue and f.cue.start >= end and (led := _WITH.match(draft.document.text, start, end)):
        return replace(f, source=Spans([(led.end(), end), *f.source[1:]]))
    if (own := _OWN.search(draft.document.text, start, end)) is not None and own.start() > start:
        return replace(f, source=Spans([(start, own.start()), *f.source[1:]]))
    leads = bool(f.cue) and f.cue.end <= start  # "according to several reports" ends in no verb
    report = None if leads else _REPORT_AT_END.search(draft.document.text, start, end)
    if report is not None and report.start() > start:  # "The Post reported adding that …"
        cue = Spans([(report.start("verb"), f.cue.end)]) if f.cue and f.cue.start >= end else f.cue
        return replace(f, source=Spans([(start, report.start())]), cue=cue)
    office = _OFFICE.match(draft.document.text, start, end)
    if office is not None and anothers_office(draft.document.text, start):
        return replace(f, source=Spans([(office.end(), end), *f.source[1:]]))
    match = _PRONOUN_AND_VERB.match(draft.document.text, start, end)
    if match is None or _ITSELF.match(draft.document.text, match.end(), end):
        return f
    return replace(f, source=Spans([match.span()]))


def without_outlet_told(cast: Cast, f: Found) -> Found:
    """An attribution without the outlet to which it was made: "denies this to the Bugle"."""
    if not f.cue or not f.content or not _MADE_KNOWN.search(cast.text[f.cue.start : f.cue.end]):
        return f
    start, end = f.content[-1]
    for low, high, _ in cast.outlets.in_stretch(start, end):
        to = _TO_OUTLET.search(cast.text, start, low)
        if high == end and to is not None and to.start() > start:
            return replace(f, content=Spans([*f.content[:-1], Span(start, to.start())]))
    return f


def within_its_clause(draft: Draft, f: Found) -> Found:
    """An attribution without the word that joins the next to it: "would keep the guns, but", before "promised"."""
    if not f.content:
        return f
    start, end = f.content[-1]
    link = _LINK.search(draft.document.text, start, end)
    if link is None or link.start() <= start or not _GOES_ON.match(draft.document.text, end):
        return f
    return replace(f, content=Spans([*f.content[:-1], Span(start, link.start())]))
