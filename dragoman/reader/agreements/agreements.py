"""Agreements that a text names, each once, with date, parties and how it stands there.

In: a draft with its statements. Out: Agreements. A word such as "truce" or "accord" starts one; all mentions that mean
the same make one. Whether a group of mentions is an agreement, or only a wish for one ("a fair deal"), is chosen by a
small linear model, whose weights `training.small_choices` learned and `agreement_weights.json` holds.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

from dragoman.folding import fold
from dragoman.reader.agreements.agreement_mentions import Mention, agreed_to, mentions
from dragoman.reader.agreements.agreement_status import dated, made_of, missed, status_features, status_of
from dragoman.reader.agreements.agreement_words import cues, phrases
from dragoman.reader.dates.dates import DateMention, find_dates
from dragoman.reader.draft import Draft
from dragoman.reading import Agreement, Spans

_MANY = 15  # groups, and mentions of one, that a new mention is compared with
_TELLING = 30  # mentions of one agreement that are looked at


@dataclass(frozen=True, slots=True)
class Candidate:
    """Mentions of one thing, and what speaks for and against its being an agreement."""

    mentions: tuple[Mention, ...]
    features: frozenset[str]


def find_agreements(draft: Draft) -> list[Agreement]:
    """The agreements of `draft`, in the order in which they are first named."""
    dates = find_dates(draft.document.text, draft.document.published)
    return [agreement(draft, c, dates) for c in candidates(draft, dates) if is_agreement(c)]


def candidates(draft: Draft, dates: list[DateMention]) -> list[Candidate]:
    """Everything in the text that might be an agreement."""
    head = draft.segments.paragraphs[0].end if draft.segments.paragraphs else 0
    groups = _groups([m for m in mentions(draft) if not missed(draft, m)], head)
    groups += [[m] for m in agreed_to(draft) if not any(_tells(draft, n, m) for g in groups for n in g)]
    return [Candidate(tuple(g[:_TELLING]), _features(draft, g[:_TELLING], groups, dates)) for g in groups]


_OF_PARTIES = re.compile(r"\s(?:parties|members|states|countries|nations|signatories|partners|guarantors)\b")


def _tells(draft: Draft, noun: Mention, verb: Mention) -> bool:
    """Whether what somebody agreed to has a name in its sentence; "Treaty parties" names only who agreed."""
    return noun.sentence == verb.sentence and _OF_PARTIES.match(draft.document.text, noun.span.end) is None


@cache
def weights() -> Mapping[str, float]:
    """The shipped weights of the choice, by feature; "" is the constant."""
    text = resources.files("dragoman").joinpath("data", "agreement_weights.json").read_text("utf-8")
    return dict(json.loads(text)["weights"])


def is_agreement(candidate: Candidate) -> bool:
    """Whether a group of mentions means an agreement that exists or lies on the table."""
    known = weights()
    return known[""] + sum(known.get(f, 0.0) for f in candidate.features) > 0


# ------------------------------------------------------------------------------------------------- grouping


def _groups(found: list[Mention], head: int) -> list[list[Mention]]:
    """Mentions that mean the same agreement, together; the headline, up to `head`, may call it otherwise."""
    groups: list[list[Mention]] = []
    for mention in found:
        homes = [g for g in reversed(groups[-_MANY:]) if _same(g[-_MANY:], mention, head)]
        home = homes[0] if homes else None
        if mention.kernel not in phrases()["any"]:  # "the truce" goes on with a truce before a later deal
            home = next((g for g in homes if mention.kernel in {m.kernel for m in g}), home)
        if home is None:
            groups.append([mention])
        else:
            home.append(mention)
    return groups


def _same(group: list[Mention], mention: Mention, head: int) -> bool:
    """Whether a mention goes on with a group: related kernels, nothing that tells the two apart."""
    kernels = {m.kernel for m in group}
    if not any(_related(k, mention.kernel) for k in kernels):
        return False
    if all(m.span.start < head for m in group) and any(
        k == mention.kernel or _both(k, mention.kernel) for k in kernels
    ):
        return True
    other = set(phrases()["other"])
    if mention.lead == "the" and not any(m.dated or m.words & _BEFORE for m in group):
        other -= {"new", "latest"}  # "the new accord" is that of today
    own, theirs = _subject(mention), {w for m in group for w in _subject(m)}
    turns = {w for m in group for w in m.words & other}
    if mention.words & other and not mention.words & turns and (turns or len(own & theirs) < 2):
        return False
    if len(mention.names) > 1 and mention.proper and not any(m.names for m in group):
        return False  # "a new agreement" is not "the Harbour Monday Agreement"
    ours = {w for m in group for w in m.names}
    if mention.names and ours:
        return bool(mention.names & ours)
    if mention.kernel not in kernels and (mention.dated or (mention.names and mention.proper)):
        return False  # "the treaty of 1987", "the Cordoba Agreement" beside a deal of today
    if mention.kernel not in kernels and mention.made and mention.lead in ("a", "an"):
        return False  # "an agreement reached in March"
    if mention.kernel in kernels or not own or own & theirs:
        return True
    return mention.definite and not theirs


def _subject(mention: Mention) -> set[str]:
    """The words that say what an agreement is about; a ceasefire deal is about a ceasefire."""
    of_kernel = set(mention.kernel.split()[:1]) & set(phrases()["war"]) if " " in mention.kernel else set()
    return {w for w in mention.words if w not in phrases()["vague"]} | of_kernel


_BEFORE = frozenset({"earlier", "previous", "old", "older", "former", "original"})


def _both(a: str, b: str) -> bool:
    """Whether two words for an agreement say the same: a truce and a ceasefire, a deal and a pact."""
    return _family(a) == _family(b) and _family(a) in ("any", "war")


def _related(a: str, b: str) -> bool:
    return a == b or _family(a) == "any" or _family(b) == "any" or _family(a) == _family(b) != "paper"


@cache
def _family(kernel: str) -> str:
    if kernel in phrases()["any"]:
        return "any"
    return next((name for name in ("war", "paper") if kernel in phrases()[name]), kernel)


def _features(
    draft: Draft, group: list[Mention], groups: list[list[Mention]], dates: list[DateMention]
) -> frozenset[str]:
    """What a group of mentions looks like, as words that the choice rests on."""
    first = group[0]
    head = draft.segments.paragraphs[0].end if draft.segments.paragraphs else 0
    quotes = _quoted(draft)
    found = {
        f"kernel:{first.kernel}",
        f"family:{_family(first.kernel)}",
        f"times:{min(len(group), 4)}",
        f"lead:{first.lead}",
    }
    found |= {f"near:{kind}" for m in group for kind in ("reached", "proposed", "in force", "strained", "broken")
              if cues(kind).search(m.said)}  # fmt: skip
    found |= {name for name, holds in (
        ("strong", any(m.kernel in phrases()["strong"] for m in group)),
        ("definite", any(m.definite for m in group)),
        ("proper", any(m.proper for m in group)),
        ("named", any(m.names for m in group)),
        ("tailed", any(m.tailed for m in group)),
        ("described", any(set(m.words) - set(phrases()["vague"]) for m in group)),
        ("headline", any(m.span.start < head for m in group)),
        ("only headline", all(m.span.start < head for m in group)),
        ("quoted", all(_inside(quotes, m.span.start) for m in group)),
        ("hypothetical", all(m.hypothetical for m in group)),
        ("hypothetical once", any(m.hypothetical for m in group)),
        ("of a date", any(m.dated for m in group)),
        ("made", any(m.made for m in group)),
        ("dated", any(dated(m, dates) for m in group)),
        ("compound", all(m.compound for m in group)),
        ("only one", len(groups) == 1),
        ("largest", len(group) > 1 and len(group) == max(map(len, groups))),
        ("first", group[0] is groups[0][0]),
        ("late", first.span.start > 0.75 * len(draft.document.text)),
        ("early", first.span.start < 0.35 * len(draft.document.text)),
    ) if holds}  # fmt: skip
    return frozenset(found)


def _quoted(draft: Draft) -> list[tuple[int, int]]:
    return [(s, e) for st in draft.statements if st.form == "direct" for s, e in st.content]


def _inside(ranges: list[tuple[int, int]], offset: int) -> bool:
    return any(start <= offset < end for start, end in ranges)


# ------------------------------------------------------------------------------------------------- the agreement


def agreement(draft: Draft, candidate: Candidate, dates: list[DateMention]) -> Agreement:
    """A group of mentions as an agreement, called by its most telling mention."""
    best = max(candidate.mentions, key=lambda m: _telling(draft, m))
    standing = status_of(draft, candidate.mentions, dates)
    return Agreement(
        name=best.name, date=standing.date.date if standing.date else None,
        precision=standing.date.precision if standing.date else "unresolved",
        parties=_parties(draft, candidate.mentions), status=standing.status, span=Spans([best.span]),
    )  # fmt: skip


def features_of_status(draft: Draft, candidate: Candidate, dates: list[DateMention]) -> frozenset[str]:
    """What the status of a candidate rests on."""
    return status_features(draft, candidate.mentions, made_of(draft, candidate.mentions, dates))


def _telling(draft: Draft, mention: Mention) -> tuple[float, ...]:
    head = draft.segments.paragraphs[0].end if draft.segments.paragraphs else 0
    words = len(set(mention.words) - set(phrases()["vague"]))
    words += mention.kernel in phrases()["strong"]
    words += 2 if mention.proper else 0
    return (min(words, 4) - (1.5 if mention.span.start < head else 0.0) - (1.0 if mention.hypothetical else 0.0),
            float(bool(mention.names)), -float(words > 5), -float(mention.span.start))  # fmt: skip


_LISTED = re.compile(r",? and (?:the )?|, (?=[A-Z])")
_BETWEEN = re.compile(r"\s(?:signed |agreed |made |reached )?between\s[^,.;:]{2,80}?\sand\s[^,.;:]{2,60}")


def _is_of_another(sentence: str, named: tuple[int, str], others: list[tuple[int, str]]) -> bool:
    """Whether a common noun is the word that names another: "government" of "the Orvian government"."""
    at, party = named
    if not party.islower():
        return False
    before = sentence[:at].split()[-1:]
    return any(o != party and before and before[0].startswith(fold(o)) for _, o in others)


def _named(sentence: str, known: set[str]) -> list[tuple[int, str]]:
    """Where a folded sentence names which of the parties; "North Leth" is no naming of Leth."""
    found = []
    for party in sorted(known, key=lambda p: (-len(p), p)):
        if (at := sentence.find(fold(party))) >= 0:
            found.append((at, party))
            sentence = sentence.replace(fold(party), "_" * len(fold(party)))
    return sorted(found)


def _told_in(draft: Draft, mention: Mention) -> list[tuple[int, int]]:
    """What somebody says in which an agreement is named, unless who speaks announces or signs it."""
    for s in draft.statements:
        told = [(a, b) for a, b in s.content]
        if _inside(told, mention.span.start) and s.cue:
            return [] if cues("reached").search(fold(s.cue.text(draft.document))) else told
    return []


def _parties(draft: Draft, found: tuple[Mention, ...]) -> tuple[str, ...]:
    """The parties that the sentences naming an agreement name, where at least two do."""
    spoke = {s.speaker.party for s in draft.statements if s.speaker.party}
    known: set[str] = set()
    for party in spoke:  # "Leth, Orvia and Sulmar" who spoke as one
        parts = _LISTED.split(party)
        known.update(parts if len(parts) > 2 or not spoke.isdisjoint(parts) else (party,))
    best: list[str] = []
    for mention in found:
        sentence = draft.document.text[mention.sentence.start : mention.sentence.end]
        folded = fold(sentence)
        named = _named(folded, known)
        named = [n for n in named if not _is_of_another(folded, n, named) and n[1] not in phrases()["any"]]
        if told := _told_in(draft, mention):  # who only says that there is a truce is no party to it
            named = [n for n in named if _inside(told, mention.sentence.start + n[0])]
        after = draft.document.text[mention.span.end : mention.sentence.end]
        if (between := _BETWEEN.match(after)) is not None:  # "Orvia welcomed the truce between Leth and the Front"
            named = [n for n in named if fold(n[1]) in fold(between.group())]
        if len(named) >= 2 and (not best or cues("reached").search(mention.said)):
            best = [p for _, p in named]
            if cues("reached").search(mention.said):
                break
    return tuple(best)
