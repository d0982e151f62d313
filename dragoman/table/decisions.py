"""What people decided: which decisions are in force, what they do to a reading, and which no longer find their words.

In: Decision values in any order. Out: the decisions in force, readings with corrections applied, and the rest listed
as unplaced with a reason. Decisions are ordered by time; `undo` takes one back, undoing the undo restores it.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from dragoman.errors import DecisionError, DragomanError, InputError
from dragoman.folding import fold, fold_name
from dragoman.lexicon import Entry, Lexicon
from dragoman.reading import ACTS, Decision, Reading, Spans, Statement
from dragoman.reading import load as load_value
from dragoman.table.values import CONDITION_STATUSES, Unplaced

# What each kind of decision needs: keys of its target, keys of its value.
KINDS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "party.add": (("name",), ()),
    "party.alias": (("name",), ("alias",)),
    "party.merge": (("name",), ("into",)),
    "party.rename": (("name",), ("to",)),
    "party.split": (("name",), ()),
    "issue.add": (("name",), ()),
    "issue.seed": (("name",), ()),
    "issue.merge": (("name",), ("into",)),
    "issue.rename": (("name",), ("to",)),
    "statement.accept": (("document",), ()),
    "statement.reject": (("document",), ()),
    "statement.edit": (("document",), ()),
    "statement.add": (("document",), ()),
    "condition.settle": (("requires",), ("status",)),
    "deadline.edit": (("what",), ()),
    "origin.link": (("document",), ("to",)),
    "origin.cut": (("document",), ("to",)),
    "undo": (("decision",), ()),
}


# What the parts of a decision are.
_TEXTS = frozenset(("name", "into", "to", "alias", "kind", "document", "statement", "words", "party", "requires",
                    "what", "date", "decision", "status", "act", "said_on", "speaker", "precision"))  # fmt: skip
_LISTS, _FLAGS = frozenset(("aliases", "issues", "via")), frozenset(("negated", "anonymous"))


def misfit(kind: str, target: Mapping[str, Any], value: Mapping[str, Any]) -> str:
    """The first part of a decision that is not what it must be, as words; "" where there is none."""
    # A statement that is added is checked whole, as the reading format has it.
    for key, given in (*target.items(), *(value.items() if kind != "statement.add" else ())):
        if given is None:
            continue
        if key in _LISTS:
            fits = isinstance(given, list | tuple) and all(map(_is_text, given))
        elif key == "content":
            fits = isinstance(given, list | tuple) and all(
                isinstance(piece, list | tuple) and len(piece) == 2 and all(type(n) is int for n in piece)
                for piece in given
            )
        else:
            fits = _is_text(given) if key in _TEXTS else key not in _FLAGS or isinstance(given, bool)
        if not fits:
            return f"{key} {given!r:.60}"
    return ""


def _is_text(value: Any) -> bool:
    """Whether a value is text that a page can show and a file can hold."""
    return isinstance(value, str) and (value.isascii() or not any("\ud800" <= letter <= "\udfff" for letter in value))


def in_force(decisions: Iterable[Decision]) -> tuple[Decision, ...]:
    """The decisions that stand, oldest first: those not undone and not superseded by a later one of the same kind.

    One with a `misfit` stands for nothing: it may have come with somebody's dossier.
    """
    fitting = {d.id: d for d in decisions if not misfit(d.kind, d.target, d.value)}
    ordered = sorted(fitting.values(), key=lambda d: (d.at, d.id))
    undone: set[str] = set()
    for decision in reversed(ordered):
        if decision.kind == "undo" and decision.id not in undone:
            undone.add(str(decision.target.get("decision")))
    standing: dict[object, Decision] = {}
    for decision in ordered:
        if decision.kind != "undo" and decision.id not in undone:
            key = _supersedes(decision)
            standing.pop(key, None)
            standing[key] = decision
    return tuple(standing.values())


def _supersedes(decision: Decision) -> object:
    """Two decisions with one key are about the same question, and the later one answers it."""
    target = decision.target
    family = decision.kind
    if family in ("statement.accept", "statement.reject"):
        family = "statement.review"
    elif family in ("origin.link", "origin.cut"):
        return ("origin", target.get("document"), decision.value.get("to"))
    elif family == "statement.edit":
        return (family, _statement_key(target), *sorted(decision.value))
    elif family == "party.alias":
        return (family, fold_name(str(decision.value.get("alias"))))
    elif family == "statement.add":
        return decision.id
    if family.startswith("statement"):
        return (family, _statement_key(target))
    return (family, *(fold_name(str(target.get(key))) for key in ("name", "party", "requires", "what", "date")))


def _statement_key(target: Mapping[str, Any]) -> tuple[object, ...]:
    words = target.get("words")
    return (target.get("document"), fold(str(words)) if words else target.get("statement"))


def check_decision(
    kind: str, target: Mapping[str, Any], value: Mapping[str, Any], decisions: Iterable[Decision] = ()
) -> None:
    """Raise DecisionError unless a decision makes sense beside those already taken."""
    decisions = tuple(decisions)
    if kind not in KINDS:
        raise DecisionError(f"no decision is called {kind!r}", expected=", ".join(sorted(KINDS)))
    if wrong := misfit(kind, target, value):
        raise DecisionError(wrong, where=kind, expected="a decision as the manual has it")
    for side, keys in ((target, KINDS[kind][0]), (value, KINDS[kind][1])):
        for key in keys:
            if not str(side.get(key) or "").strip():
                raise DecisionError(f"{key!r} is missing", where=kind)
    for name in (target.get("name"), value.get("into"), value.get("to"), value.get("alias")):
        if name is not None and len(str(name)) > 500:
            raise DecisionError(f"a name of {len(str(name))} letters", where=kind, expected="at most 500")
        if name is not None and not fold_name(str(name)) and not kind.startswith("origin"):
            raise DecisionError(f"{name!r} holds no letters or digits", where=kind, expected="a name")
    if kind == "undo":
        known = {d.id for d in decisions}
        if target["decision"] not in known:
            raise DecisionError(
                f"no decision {target['decision']!r}", expected="the id of a decision that was taken",
                todo="`dragoman decisions` lists them",
            )  # fmt: skip
    elif kind in ("party.merge", "issue.merge"):
        _check_ring(kind, str(target["name"]), str(value["into"]), in_force(decisions))
    elif kind == "condition.settle" and value["status"] not in CONDITION_STATUSES:
        raise DecisionError(f"status {value['status']!r}", where=kind, expected=", ".join(CONDITION_STATUSES))
    elif kind == "statement.edit":
        _check_edit(value)
    elif kind == "origin.link" and target["document"] == value["to"]:
        raise DecisionError("a report cannot go back to itself", where=str(target["document"]))
    elif kind == "statement.add":
        try:
            added_statement(value, "a")
        except DragomanError as problem:
            raise DecisionError(problem.found, where=kind, expected=problem.expected) from None


def _check_ring(kind: str, name: str, into: str, standing: tuple[Decision, ...]) -> None:
    follows = {
        fold_name(str(d.target.get("name"))): fold_name(str(d.value.get("into"))) for d in standing if d.kind == kind
    }
    called = {fold_name(n): n for d in standing for n in (str(d.value.get("into")), str(d.target.get("name")))}
    start, here, steps = fold_name(name), fold_name(into), [name, into]
    while here != start and here in follows and len(steps) < 1000:
        here = follows[here]
        steps.append(called[here])
    if here == start:
        raise DecisionError(
            f"merging {name!r} into {into!r} closes a ring ({' -> '.join(steps)})", where=kind,
            expected="merges that lead to one name", todo="Undo one of the merges, or rename instead",
        )  # fmt: skip


def _check_edit(value: Mapping[str, Any]) -> None:
    known = {"speaker", "party", "anonymous", "act", "issues", "negated", "said_on", "via", "content"}
    if not value or set(value) - known:
        raise DecisionError(
            f"cannot edit {', '.join(sorted(set(value) - known)) or 'nothing'}", where="statement.edit",
            expected=", ".join(sorted(known)),
        )  # fmt: skip
    if value.get("act", ACTS[0]) not in ACTS:
        raise DecisionError(f"act {value['act']!r}", where="statement.edit", expected=", ".join(ACTS))


def names_joined(decisions: Iterable[Decision]) -> set[str]:
    """The names of parties, or of people, that somebody merged, renamed or gave another spelling."""
    joined = [d for d in decisions if d.kind in ("party.merge", "party.rename", "party.alias")]
    return {str(name) for d in joined for name in (d.target.get("name"), *_others(d)) if name}


def _others(decision: Decision) -> list[str]:
    return [str(decision.value[key]) for key in ("into", "to", "alias") if decision.value.get(key)]


def lexicon_of(decisions: Iterable[Decision], base: Lexicon, people: Container[str] = ()) -> Lexicon:
    """The lexicon with what people named in front, so that it wins; a reader would take `people` in it for parties."""
    parties: list[Entry] = []
    issues: list[Entry] = []
    for decision in in_force(decisions):
        room, _, verb = decision.kind.partition(".")
        shelf = {"party": parties, "issue": issues}.get(room)
        if shelf is None or verb == "split":
            continue
        name, value = str(decision.target.get("name") or ""), decision.value
        if verb in ("merge", "rename", "alias") and any(fold_name(n) in people for n in (name, *_others(decision))):
            continue
        if verb in ("add", "seed"):
            shelf.insert(0, Entry(name, str(value.get("kind") or ""), tuple(map(str, value.get("aliases") or ()))))
        elif verb == "alias":
            shelf.insert(0, Entry(name, "", (str(value.get("alias")),)))
        elif verb == "merge":
            shelf.insert(0, Entry(str(value.get("into")), "", (name,)))
        elif verb == "rename":
            shelf.insert(0, Entry(str(value.get("to")), "", (name,)))
    known = [base.party(e.name) or next((base.party(a) for a in e.aliases if base.party(a)), None) for e in parties]
    parties = [
        replace(e, kind=e.kind or (k.kind if k else ""), aliases=e.aliases + ((k.name, *k.aliases) if k else ()))
        for e, k in zip(parties, known, strict=True)
    ]
    return base.with_entries(parties=parties, issues=issues)


def subject_of(decision: Decision, by_id: Mapping[str, Decision] | None = None) -> str:
    """What a decision is about, in words: a name, the words of a statement, a requirement, another decision."""
    target, known = decision.target, by_id or {}
    if (taken := known.get(str(target.get("decision")))) is not None:
        return f"{taken.id}: {taken.kind} {subject_of(taken, known)}"
    found = next((str(target[k]) for k in ("name", "words", "requires", "what") if target.get(k)), "")
    place = ":".join(str(target[k]) for k in ("document", "statement") if target.get(k))
    given = next((f"{target[k]}: " for k in ("party", "decision") if target.get(k)), "")
    return f"{place} {given}{found}".strip().removesuffix(":")


def outcome_of(decision: Decision) -> str:
    """What was decided, in words: a part by its name where more than one kind of thing could be meant."""
    bare, spans = ("into", "to", "alias", "aliases", "status"), ("content", "source", "cue")
    parts = {k: ", ".join(_texts(v)) for k, v in decision.value.items() if v and k not in spans}
    return "; ".join(v if k in bare else f"{k} {v}" for k, v in parts.items())


def _texts(value: Any) -> list[str]:
    several = value.values() if isinstance(value, Mapping) else value if isinstance(value, list | tuple) else (value,)
    return [str(part) for part in several if part]


@dataclass(frozen=True)
class Corrections:
    """The decisions about statements, by document, ready to be applied to readings."""

    by_document: Mapping[str, tuple[Decision, ...]]

    @classmethod
    def of(cls, standing: Iterable[Decision]) -> Corrections:
        found: dict[str, list[Decision]] = {}
        for decision in standing:
            if decision.kind.startswith("statement."):
                found.setdefault(str(decision.target.get("document")), []).append(decision)
        return cls({document: tuple(items) for document, items in found.items()})

    def apply(self, reading: Reading) -> tuple[Reading, tuple[Unplaced, ...]]:
        """The reading as people corrected it, and the corrections that found nothing to correct."""
        lost: list[Unplaced] = []
        for decision in self.by_document.get(reading.document.id, ()):
            try:
                reading = _apply(reading, decision)
            except DragomanError as problem:
                lost.append(unplaced(decision, str(problem)))
        return reading, tuple(lost)


def unplaced(decision: Decision, reason: str) -> Unplaced:
    """The decision as one that could not be carried out."""
    return Unplaced(decision.id, decision.kind, reason, dict(decision.target), dict(decision.value))


def statement_target(reading: Reading, identity: str) -> dict[str, Any]:
    """What a decision about a statement points at: its words too, so that it survives re-reading.

    InputError where the reading has no statement of that id.
    """
    try:
        found = reading.statement(identity)
    except KeyError:
        document = reading.document.id
        raise InputError(f"no statement is called {identity!r:.40}", where=document,
                         todo=f"See `dragoman show {document}`") from None  # fmt: skip
    return {"document": reading.document.id, "statement": identity, "content": [list(span) for span in found.content],
            "words": found.content.text(reading.document)}  # fmt: skip


def find_statement(reading: Reading, target: Mapping[str, Any]) -> Statement:
    """The statement that a decision is about: by its words, nearest to where they stood; else by its id."""
    words = target.get("words")
    if words:
        wanted = fold_name(str(words))
        found = [s for s in reading.statements if fold_name(s.content.text(reading.document)) == wanted]
        if found:
            start = min((int(a) for a, _ in target.get("content") or ()), default=0)
            return min(found, key=lambda s: (s.id != target.get("statement"), abs(s.content.start - start)))
    else:
        for statement in reading.statements:
            if statement.id == target.get("statement"):
                return statement
    raise DecisionError(
        f"the words of the decision are no longer a statement here: {str(words or target.get('statement'))!r:.80}",
        where=reading.document.id,
    )


def _apply(reading: Reading, decision: Decision) -> Reading:
    if decision.kind == "statement.add":
        identity = f"added-{decision.id}"
        added = added_statement(decision.value, identity)
        return replace(reading, statements=(*reading.statements, added))
    statement = find_statement(reading, decision.target)
    if decision.kind == "statement.reject":
        return without_statement(reading, statement.id)
    if decision.kind == "statement.edit":
        edited = edit_statement(statement, decision.value)
        rest = tuple(edited if s.id == statement.id else s for s in reading.statements)
        moved = reading.positions
        party = decision.value.get("party")
        if party is not None:
            moved = tuple(replace(p, party=party) if p.statement == statement.id else p for p in moved)
        return replace(reading, statements=rest, positions=moved)
    return reading


def without_statement(reading: Reading, identity: str) -> Reading:
    """The reading without one statement and all that rests on it."""
    kept: dict[str, Any] = {
        layer: tuple(item for item in getattr(reading, layer) if item.statement != identity)
        for layer in ("positions", "conditions", "deadlines", "figures", "relations")
    }
    statements = tuple(
        replace(s, within=None) if s.within == identity else s for s in reading.statements if s.id != identity
    )
    return replace(reading, statements=statements, **kept)


def edit_statement(statement: Statement, value: Mapping[str, Any]) -> Statement:
    """The statement with what a person corrected."""
    speaker = statement.speaker
    if value.get("speaker") is not None:
        speaker = replace(speaker, name=str(value["speaker"]))
    if "party" in value:
        speaker = replace(speaker, party=value["party"], extra={**speaker.extra, "decided": True})
    if value.get("anonymous") is not None:
        speaker = replace(speaker, anonymous=bool(value["anonymous"]))
    fields: dict[str, Any] = {"speaker": speaker, "confidence": 1.0}
    for name in ("act", "negated", "said_on"):
        if name in value:
            fields[name] = value[name]
    for name in ("issues", "via"):
        if name in value:
            fields[name] = tuple(value[name] or ())
    if "issues" in value:
        fields["extra"] = {**statement.extra, "decided": True}
    if "content" in value:
        fields["content"] = Spans(value["content"])
    return replace(statement, **fields)


def added_statement(value: Mapping[str, Any], identity: str) -> Statement:
    """The statement that a person added, from the JSON of the reading format."""
    statement = load_value(Statement, {**value, "id": identity}, "statement.add")
    if not isinstance(statement, Statement) or not statement.content:
        raise DecisionError("no content", where="statement.add", expected="the spans of what is said")
    return statement
