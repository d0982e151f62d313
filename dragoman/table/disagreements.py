"""Where reports or speakers cannot both be right: denials, yes against no, lost words in quotations, figures, dates.

In: resolved documents, figures in dispute, meetings and deadlines. Out: Disagreements, each with both sides' words.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from dragoman.folding import fold, words
from dragoman.table.days import days_between, shift
from dragoman.table.resolved import Resolved
from dragoman.table.values import Disagreement, Dispute, Evidence, Meeting, Said, in_digits
from dragoman.table.words import contained, listed, overlap, stems

# A quotation printed by two outlets is one when it shares this much of its words; what is left is the edit.
SAME_QUOTE = 0.75
# Yes and no are compared between statements that share so much of their stems, on one issue, within two weeks.
SAME_CLAIM, DAYS = 0.6, 14
# How far back in one document a bare "denied that" looks, and how many statements on an issue are compared with one.
BACK, NEAR = 4, 60
_DENIES = re.compile(r"\b(?:den(?:y|ies|ied|ying)|disput\w+|refut\w+|contradict\w+|rebut\w+)\b|نف[ىت]", re.I)
_ASSERTING = frozenset(("claim", "estimate", "accusation", "rejection"))
_BARE = frozenset(("that", "it", "this", "the", "report", "reports", "claim", "claims", "allegation", "allegations",
                   "any", "having", "such", "so"))  # fmt: skip


def disagreements(
    pages: Sequence[Resolved], *, denials: Iterable[Disagreement] = (), disputes: Iterable[Dispute] = (),
    meetings: Iterable[Meeting] = (),
) -> tuple[Disagreement, ...]:  # fmt: skip
    """Every disagreement, oldest first."""
    found = [
        *denials, *_polarity(pages), *lost_words(pages), *_figures(disputes), *_dates(meetings, pages),
    ]  # fmt: skip
    unique = {(d.kind, d.evidence): d for d in found}
    return tuple(sorted(unique.values(), key=lambda d: (d.date, d.kind, d.about, d.sides)))


# -- denials


def denials(pages: Sequence[Resolved]) -> list[Disagreement]:
    """Denials, each linked to the statement that it denies."""
    denying = {
        page.facts.id: here for page in pages
        if (here := [number for number, said in enumerate(page.said) if _is_denial(page, said)])
    }  # fmt: skip
    if not denying:
        return []
    asked = {issue for page in pages for n in denying.get(page.facts.id, ()) for issue in page.said[n].issues}
    by_issue: dict[str, list[tuple[Resolved, Said]]] = defaultdict(list)
    found = []
    for page in pages:
        for number in denying.get(page.facts.id, ()):
            said, target = page.said[number], _denied(page, number, by_issue)
            if target is not None:
                other_page, other = target
                found.append(
                    Disagreement(
                        "denial",
                        other_page.text(other.statement)[:120],
                        (_who(said), _who(other)),
                        f"{_who(said)} denies what {_who(other)} says",
                        (*said.evidence, *other.evidence),
                        page.day,
                    )
                )
        for said in page.said:
            if not asked.isdisjoint(said.issues):
                for issue in said.issues:
                    by_issue[issue].append((page, said))
    return found


def _is_denial(page: Resolved, said: Said) -> bool:
    return said.act == "rejection" and not said.negated and _DENIES.search(page.cue(said.statement)) is not None


def denied_statements(denials: Iterable[Disagreement]) -> Mapping[tuple[str, str | None], tuple[str, ...]]:
    """Who denies each statement that is denied."""
    found: dict[tuple[str, str | None], list[str]] = defaultdict(list)
    for denial in denials:
        target = denial.evidence[1]
        found[target.document, target.statement].append(denial.sides[0])
    return {key: tuple(dict.fromkeys(names)) for key, names in found.items()}


def _denied(
    page: Resolved, number: int, by_issue: Mapping[str, list[tuple[Resolved, Said]]]
) -> tuple[Resolved, Said] | None:
    """What a denial denies: the statement before it that its words, or its bare "that", point at."""
    said = page.said[number]
    here = page.stems(said.statement)
    bare = set(words(page.text(said.statement))) <= _BARE or len(here) <= 1
    back = [s for s in page.said[max(0, number - BACK) : number] if s.parties != said.parties or not said.parties]
    spoken = [s for s in back if not s.negated and not page.statements[s.statement].within]
    if bare and spoken:
        same_issue = [s for s in spoken if set(s.issues) & set(said.issues)]
        return page, (same_issue or spoken)[-1]
    candidates = [(overlap(here, page.stems(s.statement)), 1, page, s) for s in spoken]
    for issue in said.issues:
        for other_page, other in by_issue[issue][-NEAR:]:
            if other.parties != said.parties and days_between(other_page.day, page.day) <= DAYS and not other.negated:
                candidates.append((contained(here, other_page.stems(other.statement)), 0, other_page, other))
    close = [c for c in candidates if c[0] >= 0.4]
    if close:
        best = max(close, key=lambda c: (c[0], c[1]))
        return best[2], best[3]
    near = [s for s in back[-1:] if set(s.issues) & set(said.issues) and not s.negated and s.act != "rejection"]
    return (page, near[0]) if near else None


def _who(said: Said) -> str:
    return said.speaker or " and ".join(said.parties) or "somebody"


# -- yes against no


def _polarity(pages: Sequence[Resolved]) -> list[Disagreement]:
    """Two parties' claims on one issue that share their words, one with a "not" and one without."""
    by_issue: dict[str, list[tuple[Resolved, Said, bool]]] = defaultdict(list)
    last_no: dict[str, int] = {}  # the place among an issue's statements of the last one with a "not"
    found = []
    asserted = [
        (page, said, page.heard(said.statement)) for page in pages for said in page.said
        if said.act in _ASSERTING and said.parties and not said.negated
    ]  # fmt: skip
    denied = {issue for _page, said, heard in asserted if heard.denies for issue in said.issues[:3]}
    for page, said, heard in asserted:
        issues = [issue for issue in said.issues[:3] if issue in denied]
        if issues and len(here := page.stems(said.statement)) >= 3:
            no, since = heard.denies, shift(page.day, -DAYS)
            for issue in issues:
                earlier = by_issue[issue]
                if no:
                    last_no[issue] = len(earlier)
                elif last_no.get(issue, -1) < len(earlier) - NEAR:
                    earlier.append((page, said, no))
                    continue
                for other_page, other, other_no in earlier[-NEAR:]:
                    if (
                        no != other_no and other_page.day >= since and not set(said.parties) & set(other.parties)
                        and overlap(here, other_page.stems(other.statement)) >= SAME_CLAIM
                        and days_between(page.day, other_page.day) <= DAYS
                    ):  # fmt: skip
                        sides = (_who(other), _who(said))
                        note = f"{sides[0]} says {'no' if other_no else 'yes'}, {sides[1]} says {'no' if no else 'yes'}"
                        found.append(
                            Disagreement("polarity", issue, sides, note, (*other.evidence, *said.evidence), page.day)
                        )
                earlier.append((page, said, no))
    return found


# -- quotations that lost a word


class _Quoted(NamedTuple):
    """One quotation in one report: its words, and those among them by which two forms of it may differ."""

    page: Resolved
    said: Said
    text: str
    length: int
    words: frozenset[str]
    watched: frozenset[str]


def lost_words(pages: Sequence[Resolved]) -> list[Disagreement]:
    """One speaker's quotation in two reports, of which one has a "not", "may" or "if" that the other lacks."""
    by_word: defaultdict[tuple[str, str], list[_Quoted]] = defaultdict(list)
    watched: defaultdict[tuple[str, str], set[frozenset[str]]] = defaultdict(set)  # in those filed there
    found: dict[tuple[Evidence, Evidence], Disagreement] = {}
    for page in pages:
        for here in _quoted(page):
            longest = sorted(sorted(here.words - here.watched), key=len, reverse=True)[:3]
            speaker = fold(here.said.speaker or "")
            keys = [(speaker, word) for word in longest]
            near = {
                id(there): there for key in keys if watched[key] - {here.watched}
                for there in by_word[key][-NEAR:] if there.watched != here.watched
            }  # fmt: skip
            for there in near.values():
                edit = _lost(there, here) if there.page is not page else None
                if edit:
                    one, other = there.said, here.said
                    found[one.evidence[0], other.evidence[0]] = Disagreement(
                        "quote",
                        here.text[:120],
                        (one.outlet or one.document, other.outlet or other.document),
                        f"{edit} stands in one report of the quotation and not in the other",
                        (*one.evidence, *other.evidence),
                        max(page.day, there.page.day),
                    )
            for key in keys:
                by_word[key].append(here)
                watched[key].add(here.watched)
    return list(found.values())


def _quoted(page: Resolved) -> Iterator[_Quoted]:
    """The quotations of five words or more of those who are named."""
    watched = listed("negations") | listed("hedges")
    for statement, said in zip(page.statements.values(), page.said, strict=True):
        if statement.form != "indirect" and said.speaker:
            for text in _quotes(page.text(said.statement)):
                spoken = words(text)
                if len(spoken) >= 5:
                    yield _Quoted(page, said, text, len(spoken), here := frozenset(spoken), here & watched)


def _quotes(text: str) -> list[str]:
    pairs = re.findall(r"[\"“«‘]([^\"”»“«]{12,})[\"”»’]", text)
    return pairs or []


def _lost(one: _Quoted, other: _Quoted) -> str | None:
    """The watched words by which two forms of one quotation differ; None when they differ by more or by nothing."""
    apart, least = one.watched ^ other.watched, min(len(one.words), len(other.words))
    if not apart or len(one.words & other.words) < SAME_QUOTE * least:
        return None
    if abs(one.length - other.length) > max(3, one.length // 3):
        return None
    return ", ".join(f"“{word}”" for word in sorted(apart))


# -- figures and dates


def _figures(disputes: Iterable[Dispute]) -> list[Disagreement]:
    found = []
    for dispute in disputes:
        if dispute.verdict != "conflict":
            continue
        sides = tuple(dict.fromkeys(
            f"{f.by or f.party or 'no source'}: {f.bound} {in_digits(f.quantity)}" for f in dispute.figures
            if f.quantity is not None
        ))  # fmt: skip
        date = max((f.given_on for f in dispute.figures), default="")
        found.append(
            Disagreement("figure", dispute.about, sides, "the figures cannot all be right", dispute.evidence, date)
        )
    return found


def _dates(meetings: Iterable[Meeting], pages: Sequence[Resolved]) -> list[Disagreement]:
    """Reports of the same days that give one meeting two dates or two places."""
    given: dict[Evidence, tuple[str, str | None, str | None, str, str]] = {}
    for page in pages:
        for (_key, _parties, _chairs, item), evidence in zip(page.meetings, page.met, strict=True):
            if item.precision == "day" and item.status in ("planned", "held"):
                given[evidence] = (page.day, item.date, item.place, item.status, page.document.outlet or page.facts.id)
    found = []
    for meeting in meetings:
        here = [(e, *given[e]) for e in meeting.evidence if e in given]
        for number, (one, day, date, place, status, outlet) in enumerate(here):
            for other, other_day, other_date, other_place, other_status, other_outlet in here[number + 1 :]:
                if days_between(day, other_day) > 2 or status != other_status or outlet == other_outlet:
                    continue
                differs = date != other_date or (place and other_place and not stems(place) & stems(other_place))
                if differs:
                    sides = (f"{outlet}: {date or 'no date'}", f"{other_outlet}: {other_date or 'no date'}")
                    note = "two reports of the same days give it differently"
                    found.append(Disagreement("date", meeting.name, sides, note, (one, other), max(day, other_day)))
    return found
