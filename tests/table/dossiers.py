"""Small invented dossiers for laws: everything that a reader may find, drawn at random."""

from __future__ import annotations

from hypothesis import strategies as st

from dragoman.reading import (
    ACTS,
    AGREEMENT_STATUSES,
    BOUNDS,
    DIRECTIONS,
    MEETING_STATUSES,
    Agreement,
    Condition,
    Deadline,
    Decision,
    Document,
    Figure,
    Meeting,
    Position,
    Reading,
    Relation,
    Spans,
    Speaker,
    Statement,
)

PARTIES = ["Arvenia", "Belmark", "Arvenian government", "Coast Front", "CF", "League of Ports", "the Coast Front"]
PEOPLE = ["Ada Brook", "Brook", "President Ada Brook", "Ivo Karst", "Ada Broke", "Ivo Karst"]
ISSUES = ["withdrawal of boats", "boats", "prisoner release", "release of prisoners", "ceasefire", "talks on the port"]
WORDS = ["the boats leave the strait", "300 prisoners are freed", "we will come to the talks", "the ceasefire is over",
         "that condition is met", "it accepted the figure", "Belmark has freed 300 prisoners", "not one boat moves",
         "the boats have left the strait", "observers have counted 14 violations", "the port will open",
         "the ceasefire holds", "opening of the port", "the February 9 deadline has passed"]  # fmt: skip
# What a report tells in its own voice, in no statement.
TOLD = ["The boats left the strait on Friday.", "Belmark released 300 prisoners.", "Arvenia opened the port.",
        "Some boats left the strait.", "The ceasefire ended."]  # fmt: skip
DAYS = [f"2027-0{month}-{day:02}" for month in (1, 2, 3) for day in (1, 9, 17, 28)]


@st.composite
def readings(draw: st.DrawFn, number: int = 0) -> Reading:
    """One invented document; its text is made of the sentences that its statements point at."""
    text, statements = f"Report {number}.\n", []
    layers: dict[str, list[object]] = {}
    for place in range(draw(st.integers(0, 4))):
        name, content = draw(st.sampled_from(PEOPLE)), draw(st.sampled_from(WORDS))
        start = len(text)
        at = start + len(name) + 6
        text += f"{name} said {content}. 😀\n"
        identity, span = f"s{place}", Spans([(at, at + len(content))])
        party = draw(st.sampled_from([*PARTIES, None]))
        issues = tuple(draw(st.lists(st.sampled_from(ISSUES), max_size=2)))
        statements.append(
            Statement(identity, Spans([(start, start + len(name))]), Spans([(at - 5, at - 1)]), span,
                      Speaker(name, party), act=draw(st.sampled_from(ACTS)), issues=issues,
                      negated=draw(st.booleans()), form=draw(st.sampled_from(["direct", "indirect"])))
        )  # fmt: skip
        day = draw(st.sampled_from([*DAYS, None]))
        what = draw(st.sampled_from(WORDS))
        made: dict[str, object] = {
            "positions": Position(party or "Belmark", draw(st.sampled_from(ISSUES)), what,
                                  draw(st.sampled_from(DIRECTIONS)), identity),
            "conditions": Condition(party, what, (draw(st.sampled_from(WORDS)),), identity),
            "deadlines": Deadline(what, day, "day" if day else "unresolved", party, identity),
            "meetings": Meeting("talks on the port", day, "day" if day else "unresolved", "Vessel", (name,),
                                tuple(filter(None, (party,))), draw(st.sampled_from(MEETING_STATUSES)), None, span),
            "agreements": Agreement("ceasefire", day, "day" if day else "unresolved", tuple(filter(None, (party,))),
                                    draw(st.sampled_from(AGREEMENT_STATUSES)), span),
            "figures": Figure(draw(st.sampled_from([1.0, 14.0, 300.0, 1e30])), draw(st.sampled_from(BOUNDS)), "people",
                              "killed", name, None, identity, span),
            "relations": Relation(name, party or name, "leads", identity, span),
        }  # fmt: skip
        for layer in draw(st.sets(st.sampled_from(sorted(made)), max_size=4)):
            layers.setdefault(layer, []).append(made[layer])
        if draw(st.booleans()):
            text += f"{draw(st.sampled_from(TOLD))}\n"
    published = draw(st.sampled_from([*DAYS, None]))
    document = Document(f"d{number}", text, outlet=draw(st.sampled_from(["Post", "Wire", None])), published=published)
    return Reading(document, tuple(statements), **{name: tuple(items) for name, items in layers.items()})  # type: ignore[arg-type]


@st.composite
def dossiers(draw: st.DrawFn, most: int = 6) -> list[Reading]:
    """Some invented documents, of which one in a while is a copy of another."""
    found: list[Reading] = []
    for number in range(draw(st.integers(0, most))):
        found.append(draw(readings(number)))
    return found


def a_decision(number: int, kind: str, target: dict[str, object], value: dict[str, object]) -> Decision:
    return Decision(f"n{number}", kind, target, value, "tester", f"2027-05-01T00:00:{number:02}Z")


@st.composite
def decisions(draw: st.DrawFn, given: list[Reading], most: int = 4) -> list[Decision]:
    """Some decisions, sensible and not, about a dossier."""
    found = []
    places = [(r.document.id, s.id, s.content.text(r.document)) for r in given for s in r.statements]
    places = places or [("d0", "s0", "")]
    for number in range(draw(st.integers(0, most))):
        name, other = draw(st.sampled_from([*PARTIES, "Nobody"])), draw(st.sampled_from([*PARTIES, "New Name"]))
        issue, other_issue = draw(st.sampled_from(ISSUES)), draw(st.sampled_from([*ISSUES, "fishing"]))
        document, statement, words = draw(st.sampled_from(places))
        place = {"document": document, "statement": statement, "words": words}
        kind, target, value = draw(st.sampled_from([
            ("party.merge", {"name": name}, {"into": other}), ("party.rename", {"name": name}, {"to": other}),
            ("party.alias", {"name": name}, {"alias": other}), ("party.split", {"name": name}, {}),
            ("party.add", {"name": name}, {"kind": "state", "aliases": [other]}),
            ("issue.merge", {"name": issue}, {"into": other_issue}),
            ("issue.rename", {"name": issue}, {"to": other_issue}), ("issue.add", {"name": other_issue}, {}),
            ("statement.reject", place, {}), ("statement.accept", place, {}),
            ("statement.edit", place, {"act": "demand", "party": other}),
            ("condition.settle", {"party": name, "requires": WORDS[0]}, {"status": "met"}),
            ("deadline.edit", {"what": WORDS[0]}, {"date": "2027-06-01"}),
            ("origin.link", {"document": "d1"}, {"to": "d0"}), ("origin.cut", {"document": "d1"}, {"to": "d0"}),
        ]))  # fmt: skip
        found.append(a_decision(number, kind, target, value))
    return found
