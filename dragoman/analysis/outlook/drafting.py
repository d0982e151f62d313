"""A table as plain values comes in; a model file to be edited goes out, every line with the evidence it rests on.

Nothing is guessed silently: what the table does not settle (who could do a thing, what a party thinks of it, how things
stand) is written as an assumption, with the reason beside it, for the analyst to confirm, change or strike out.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from dragoman.analysis.outlook.exchange import slug
from dragoman.analysis.outlook.modelfile import FORMAT
from dragoman.analysis.outlook.statements import spelled
from dragoman.errors import ModelError

GONE = ("dropped", "replaced", "overtaken")
MOST_OPTIONS = 24


@dataclass
class Choice:
    """One option of the draft: what it is, who could do it, why that is thought, and the lines it rests on."""

    id: str
    name: str
    owner: str | None
    why: str
    evidence: list[str] = field(default_factory=list)
    taken: bool = False
    settled: bool = False  # whether the table itself says who does it


@dataclass
class Wish:
    """One preference statement of a party, with its weight (how often it was said) and what it rests on."""

    statement: str
    weight: int
    evidence: list[str]
    assumed: str = ""


def draft(table_json: Mapping[str, Any], *, title: str = "Draft from the table", settled: bool = False) -> str:
    """The text of a model file (TOML) made of parties, cells, conditions and deadlines.

    `table_json` holds "cells" ({party, issue, stance, direction, statements, evidence}), "conditions" ({party,
    withholds, requires: [{what, status}], evidence}) and "deadlines"; evidence is {document, statement, quote}. With
    `settled`, what nobody at the table controls stays as it is, which halves the states for each such option.
    """
    sheet = _Sheet(table_json)
    if not sheet.choices:
        raise ModelError(
            "the table has no position and no condition to make options of",
            expected="at least one cell or condition",
            todo="Read more coverage, or write the model by hand",
        )
    return sheet.text(title, settled=settled)


class _Sheet:
    """Collects the options and wishes, then writes the file."""

    def __init__(self, table: Mapping[str, Any]) -> None:
        self.cells = [cell for cell in table.get("cells", []) if cell.get("party") and cell.get("issue")]
        self.conditions = [
            c
            for c in table.get("conditions", [])
            if c.get("party") and c.get("withholds") and c.get("status") not in GONE
        ]
        self.deadlines = list(table.get("deadlines", []))
        self.parties = self._party_names(table)
        self.used: set[str] = set()
        self.choices: list[Choice] = []
        self.wishes: dict[str, list[Wish]] = {party: [] for party in self.parties}
        self._by_issue: dict[str, Choice] = {}
        self._sides: dict[str, dict[str, str]] = {}  # who is for or against what
        for cell in self.cells:
            if cell.get("direction") in ("for", "against"):
                self._sides.setdefault(cell["party"], {})[_key(cell["issue"])] = cell["direction"]
        self._add_conditions()
        self._add_cells()
        self._ask_owners()

    def _party_names(self, table: Mapping[str, Any]) -> list[str]:
        """Those who hold a position or set a condition, in the order of the table, then of appearance."""
        speaking = dict.fromkeys([c["party"] for c in self.conditions] + [cell["party"] for cell in self.cells])
        listed = [party["name"] if isinstance(party, Mapping) else str(party) for party in table.get("parties", [])]
        self.spellings = {
            party["name"]: [party["name"], *party.get("aliases", [])]
            for party in table.get("parties", [])
            if isinstance(party, Mapping)
        }
        return [party for party in dict.fromkeys([*listed, *speaking]) if party in speaking]

    # Options

    def _add_conditions(self) -> None:
        for condition in self.conditions:
            party, lines = condition["party"], evidence_lines(condition.get("evidence"))
            held = self._choice(condition["withholds"], party, "the party itself withholds it", lines, settled=True)
            for issue in condition.get("issues", []):
                self._by_issue.setdefault(_key(issue), held)
            needs = []
            for requirement in condition.get("requires", []):
                what, status = (
                    (requirement, "open")
                    if isinstance(requirement, str)
                    else (requirement["what"], requirement.get("status", "open"))
                )
                owner, why = self._who_could(what, party)
                choice = self._choice(what, owner, why, lines)
                choice.taken = status == "met"
                needs.append(choice)
            if needs:
                joined = " and ".join(spelled(need.id) for need in needs)
                self.wishes[party].append(Wish(f"{spelled(held.id)} only if ({joined})", 1000, lines))
                self.wishes[party] += [Wish(spelled(need.id), 999, lines) for need in needs]
                self.wishes[party].append(
                    Wish(
                        spelled(held.id),
                        0,
                        lines,
                        "once its conditions are met the party is taken to want what it withholds",
                    )
                )

    def _add_cells(self) -> None:
        sides: dict[str, list[Mapping[str, Any]]] = {}
        for cell in self.cells:
            sides.setdefault(_key(cell["issue"]), []).append(cell)
        for key, cells in sorted(sides.items(), key=lambda item: -max(_weight(cell) for cell in item[1])):
            if key not in self._by_issue:
                owner, why = self._who_settles(cells)
                lines = [line for cell in cells for line in evidence_lines(cell.get("evidence"))]
                self._choice(cells[0]["issue"], owner, why, lines, title=_title(cells))
            choice = self._by_issue[key]
            for cell in cells:
                self._wish_of(cell, choice)

    def _wish_of(self, cell: Mapping[str, Any], choice: Choice) -> None:
        party, direction = cell["party"], cell.get("direction", "unclear")
        lines = evidence_lines(cell.get("evidence"))
        word = spelled(choice.id)
        if any(word in wish.statement and "only if" in wish.statement for wish in self.wishes[party]):
            return  # the condition says it more exactly than the position
        stance = f"stance: {cell.get('stance') or direction}"
        if direction == "for":
            self.wishes[party].append(Wish(word, _weight(cell), [stance, *lines]))
        elif direction == "against":
            self.wishes[party].append(Wish(f"not {word}", _weight(cell), [stance, *lines]))
        else:
            self.wishes[party].append(
                Wish(f"? {word}", _weight(cell), [stance, *lines], f"the table gives the direction as {direction}")
            )

    def _ask_owners(self) -> None:
        """What the owner of an option thinks of it is written down even where the table does not say: as unknown."""
        for choice in self.choices:
            if choice.owner is None:
                continue
            if not any(spelled(choice.id) in wish.statement for wish in self.wishes[choice.owner]):
                self.wishes[choice.owner].append(
                    Wish(
                        f"? {spelled(choice.id)}",
                        -1,
                        [],
                        f"the table does not say whether {choice.owner} would rather do it or not",
                    )
                )

    def _choice(
        self, name: str, owner: str | None, why: str, lines: Sequence[str], *, settled: bool = False, title: str = ""
    ) -> Choice:
        key = _key(name)
        if key in self._by_issue:
            return self._by_issue[key]
        if len(self.choices) >= MOST_OPTIONS:
            raise ModelError(
                f"the table gives more than {MOST_OPTIONS} options",
                expected="a narrower table",
                todo="Draft for fewer parties or issues, with --party and --issue",
            )
        choice = Choice(slug(_short(name), self.used), title or name, owner, why, list(lines), settled=settled)
        self.choices.append(choice)
        self._by_issue[key] = choice
        return choice

    def _who_could(self, what: str, asking: str) -> tuple[str | None, str]:
        """Who could do what a party requires: one named in the words, else its only opponent on some issue."""
        folded = what.casefold()
        named = [
            party
            for party in self.parties
            if party != asking and any(name.casefold() in folded for name in self.spellings.get(party, [party]))
        ]
        if len(named) == 1:
            return named[0], f"the words of the requirement name {named[0]}"
        opponents = [party for party in self.parties if party != asking and self._opposed(party, asking)]
        if len(opponents) == 1:
            return opponents[0], f"{opponents[0]} is the only party that stands against {asking} on some issue"
        return None, "the table does not say who could do it"

    def _opposed(self, one: str, other: str) -> bool:
        theirs = self._sides.get(other, {})
        return any(theirs.get(issue, side) != side for issue, side in self._sides.get(one, {}).items())

    def _who_settles(self, cells: Sequence[Mapping[str, Any]]) -> tuple[str | None, str]:
        """Who could bring about what is at issue: the only one against it, else the only one concerned."""
        against = sorted((cell for cell in cells if cell.get("direction") == "against"), key=_weight, reverse=True)
        if len(against) == 1:
            return against[0]["party"], "the only party reported against it: it could give way"
        if against:
            return against[0]["party"], "of several parties against it the one most often reported"
        if len(cells) == 1:
            return cells[0]["party"], "the only party with a position on it"
        return None, "several parties are for it and none against: the table does not say who could do it"

    # The file

    def text(self, title: str, *, settled: bool) -> str:
        lines = [
            "# A draft made from the table. Lines marked 'assumed' are not settled by the coverage: confirm, change or strike them out.",  # noqa: E501
            "# Each option is something a party could do; each preference stands in the order of how much the party insists on it.",  # noqa: E501
            f"format = {json.dumps(FORMAT)}",
            f"title = {json.dumps(title, ensure_ascii=False)}",
        ]
        lines += ["# " + line for line in self._deadline_lines()]
        owned = [choice for party in self.parties for choice in self.choices if choice.owner == party]
        free = [choice for choice in self.choices if choice.owner is None]
        lines += [
            "# assumed: what is demanded or withheld has not been done, unless the table says that it was met",
            "status_quo = " + json.dumps("".join("Y" if choice.taken else "N" for choice in [*owned, *free])),
        ]
        lines += ['# What cannot be together the table does not say. Write for example: infeasible = ["a and b"]']
        if settled and free:
            lines += [
                "# assumed: what nobody at the table is known to control stays as it is; strike out what may change",
                "infeasible = [",
                *(f"    {json.dumps(('not ' if c.taken else '') + spelled(c.id), ensure_ascii=False)}," for c in free),
                "]",
            ]
        else:
            lines += ["infeasible = []"]
        if free:
            lines += [
                "# assumed: nobody at the table is known to control these; move each to the party that does",
                "circumstances = [",
                *self._option_lines(free),
                "]",
            ]
        for party in self.parties:
            lines += ["", "[[decision_makers]]", f"name = {json.dumps(party, ensure_ascii=False)}"]
            lines += ["options = [", *self._option_lines([choice for choice in owned if choice.owner == party]), "]"]
            lines += ["prefers = [", *self._wish_lines(party), "]"]
        return "\n".join(lines) + "\n"

    def _deadline_lines(self) -> Iterable[str]:
        for deadline in self.deadlines:
            by = f", set by {_line(deadline['set_by'])}" if deadline.get("set_by") else ""
            yield f"deadline: {_line(deadline.get('what'))} by {_line(deadline.get('date')) or 'an unknown date'}{by}"

    def _option_lines(self, choices: Sequence[Choice]) -> Iterable[str]:
        for choice in choices:
            yield from (f"    # {_line(line)}" for line in dict.fromkeys(choice.evidence))
            yield f"    # {'known' if choice.settled else 'assumed'}: {_line(choice.why)}"
            assumed = "" if choice.settled else ", assumed = true"
            yield (
                f"    {{ id = {json.dumps(choice.id, ensure_ascii=False)}, name = {json.dumps(_line(choice.name), ensure_ascii=False)}{assumed} }},"  # noqa: E501
            )

    def _wish_lines(self, party: str) -> Iterable[str]:
        written: set[str] = set()
        for wish in sorted(self.wishes[party], key=lambda wish: -wish.weight):
            if wish.statement in written:
                continue
            written.add(wish.statement)
            yield from (f"    # {_line(line)}" for line in dict.fromkeys(wish.evidence))
            if wish.assumed:
                yield f"    # assumed: {_line(wish.assumed)}"
            yield f"    {json.dumps(wish.statement, ensure_ascii=False)},"


def evidence_lines(evidence: Any) -> list[str]:
    """One comment line for each piece of evidence: document, statement and quotation."""
    pieces = [evidence] if isinstance(evidence, Mapping) else list(evidence or [])
    lines = []
    for piece in pieces[:4]:
        where = _line(piece.get("document")) + (
            f", statement {_line(piece['statement'])}" if piece.get("statement") else ""
        )
        quote = _line(piece.get("quote"))
        lines.append(
            f"evidence: {where}" + (f": “{quote[:157] + '…' if len(quote) > 160 else quote}”" if quote else "")
        )
    if len(pieces) > 4:
        lines.append(f"evidence: and {len(pieces) - 4} more")
    return lines


def _weight(cell: Mapping[str, Any]) -> int:
    return int(cell.get("statements") or 1)


def _title(cells: Sequence[Mapping[str, Any]]) -> str:
    """What taking an issue's option means: the issue, and how those who are for it put it."""
    issue = cells[0]["issue"]
    stances = [cell["stance"] for cell in cells if cell.get("direction") == "for" and cell.get("stance")]
    return f"{issue}: {stances[0]}" if stances and _key(stances[0]) != _key(issue) else issue


def _key(text: str) -> str:
    return " ".join(text.casefold().split())


def _short(name: str) -> str:
    """The first words of a name, enough to tell options apart in a statement."""
    words = [word for word in name.split() if word.casefold() not in ("the", "a", "an", "of", "to", "is", "are")]
    return " ".join(words[:4]) or name


def _line(value: Any) -> str:
    """Text for one line of a comment; line breaks and control characters cannot end the comment."""
    return " ".join("".join(ch if ch.isprintable() else " " for ch in str(value or "")).split())
