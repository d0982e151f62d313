"""Table -> Brief: one to two pages of where things stand, every sentence with the evidence it rests on.

Facts come from the table; here they only become prose. A Brief carries its sentences and notes as values, so that a
page, a Markdown file, a PDF and a DOCX say the same. Its fixed words come from the language it is written in.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from dragoman.analysis.behind import Behind, days_of
from dragoman.analysis.language import ENGLISH, Language, listed, said
from dragoman.reading import Spans
from dragoman.sentences import Run, in_a_line
from dragoman.table import Table
from dragoman.table.changes import changes
from dragoman.table.days import checked
from dragoman.table.values import (
    Agreement,
    Cell,
    Change,
    Condition,
    Deadline,
    Disagreement,
    Evidence,
    Meeting,
    in_digits,
)
from dragoman.table.waiting import Deadlock as Lock

# A brief is read standing up: at most so many sentences in a section, the rest are counted.
LONGEST = 12


@dataclass(frozen=True, slots=True)
class Note:
    """A footnote: who said it through whom and when (`text`), and the sentence with the words that count marked."""

    number: int
    document: str
    statement: str | None
    text: str
    passage: tuple[Run, ...]
    spans: Spans

    @property
    def sentence(self) -> str:
        """The sentence in one line."""
        return in_a_line(self.passage)


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence and the numbers of the notes it rests on."""

    text: str
    notes: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and what is under it; `left_out` counts what a brief has no room for, `rest` says so."""

    heading: str
    sentences: tuple[Sentence, ...]
    left_out: int = 0
    rest: str = ""


@dataclass(frozen=True, slots=True)
class Brief:
    """What stands, what changed, what is waited for, which dates and figures, where sources differ."""

    title: str
    on: str | None
    since: str | None
    sections: tuple[Section, ...]
    notes: tuple[Note, ...]
    recipe: str = ""
    language: str = "en"
    direction: str = "ltr"
    notes_heading: str = "Notes"

    def to_json(self) -> dict[str, Any]:
        """The brief as plain JSON."""
        return {
            "title": self.title, "on": self.on, "since": self.since, "recipe": self.recipe,
            "language": self.language,
            "sections": [
                {"heading": s.heading, "left_out": s.left_out,
                 "sentences": [{"text": t.text, "notes": list(t.notes)} for t in s.sentences]}
                for s in self.sections
            ],
            "notes": [
                {"number": n.number, "document": n.document, "statement": n.statement, "text": n.text,
                 "sentence": n.sentence}
                for n in self.notes
            ],
        }  # fmt: skip


class _Told(NamedTuple):
    """A sentence and what it rests on, before the brief is known to have room for it."""

    text: str
    evidence: tuple[Evidence, ...]


class _Notes:
    """Numbers evidence in order of first use; the same evidence keeps its number."""

    def __init__(self, table: Table, language: Language) -> None:
        self.behind, self.notes, self.language = Behind(table), list[Note](), language
        self._numbers: dict[tuple[str, str | Spans], int] = {}

    def __call__(self, evidence: Iterable[Evidence], most: int = 3) -> tuple[int, ...]:
        found: list[int] = []
        for e in evidence:
            key = (e.document, e.statement or e.spans)
            if key not in self._numbers:
                if len(found) >= most:
                    continue
                self._numbers[key] = len(self.notes) + 1
                self.notes.append(self._note(self._numbers[key], e))
            found.append(self._numbers[key])
        return tuple(sorted(set(found))[:most])

    def _note(self, number: int, evidence: Evidence) -> Note:
        if evidence.statement:  # several sentences rest on a statement, each on other words of it
            content = self.behind.table.reading(evidence.document).statement(evidence.statement).content
            evidence = evidence._replace(spans=content)
        return Note(number, evidence.document, evidence.statement, self._text(evidence),
                    self.behind.table.passage(evidence), evidence.spans)  # fmt: skip

    def _text(self, evidence: Evidence) -> str:
        language, document = self.language, self.behind.document(evidence)
        chain = self.behind.chain(evidence) or (document.title or document.id,)
        place = (
            said(language, "%(document)s, statement %(statement)s", document=evidence.document,
                 statement=evidence.statement)
            if evidence.statement
            else said(language, "%(document)s, the report's own words", document=evidence.document)
        )  # fmt: skip
        comma, arrow = language.gettext(", "), language.gettext("→")
        through = f" {arrow} ".join(language.isolated(name) for name in chain)
        published = language.long_day(document.published) or language.gettext("undated")
        return f"{through}{comma}{published} ({place})"


def write_brief(
    table: Table, *, since: str | None = None, parties: Sequence[str] = (), language: Language = ENGLISH
) -> Brief:
    """The brief of `table`.

    1. Where things stand. 2. What changed since `since` (the last day of coverage before the newest, when not given).
    3. Conditions and who waits for whom. 4. Dates. 5. Agreements. 6. Figures. 7. Where sources differ.
    `parties` keeps all of it to what concerns these: what they hold, ask or are asked, set, give or take part in, what
    they say and what names them. InputError when `since` is no day.
    """
    wanted = {found.name if (found := table.party(p)) else p for p in parties}
    _, notes = language.gettext, _Notes(table, language)
    days = days_of(table)
    since = checked(since, "since") if since else days[-2] if len(days) > 1 else None
    changed = said(language, "What changed since %(day)s", day=language.long_day(since)) if since else _("What changed")
    write = _Writer(table, wanted, notes, language)
    sections = [
        write.section(_("Where things stand"), write.stands()),  # 1
        write.section(changed, write.changed(since)),  # 2
        write.section(_("Conditions, and who waits for whom"), write.waits()),  # 3
        write.section(_("Dates"), write.dates()),  # 4
        write.section(_("Agreements"), write.agreements()),  # 5
        write.section(_("Figures"), write.figures()),  # 6
        write.section(_("Where sources differ"), write.differences()),  # 7
    ]
    on = table.on or (days[-1] if days else None)
    title = said(language, "The state of the talks on %(day)s", day=language.long_day(on)) if on else _(
        "The state of the talks"
    )  # fmt: skip
    return Brief(title, on, since, tuple(s for s in sections if s.sentences), tuple(notes.notes), write.recipe(),
                 language.language, language.direction, _("Notes"))  # fmt: skip


def around(lock: Lock) -> tuple[str, ...]:
    """The parties of a deadlock along its first ring, back to where it starts."""
    ring = lock.rings[0] if lock.rings else lock.parties
    return (*ring, ring[0])


STANDS = {
    "for": "%(party)s is for %(issue)s: %(stance)s (%(known)s).",
    "against": "%(party)s is against %(issue)s: %(stance)s (%(known)s).",
    "open": "%(party)s is open on %(issue)s: %(stance)s (%(known)s).",
    "unclear": "%(party)s has spoken on %(issue)s: %(stance)s (%(known)s).",
}
MOVED = {
    "new": "%(party)s takes a position on %(issue)s",
    "hardened": "%(party)s has hardened on %(issue)s",
    "softened": "%(party)s has softened on %(issue)s",
    "reversed": "%(party)s has reversed itself on %(issue)s",
    "changed": "%(party)s has changed its position on %(issue)s",
    "retired": "%(party)s no longer holds its position on %(issue)s",
}
VERDICTS = {
    "agree": "%(about)s: %(figures)s – the figures agree",
    "overlap": "%(about)s: %(figures)s – the figures overlap",
    "conflict": "%(about)s: %(figures)s – the figures conflict",
}
# What a sentence may end with: a mark of its own, before or after the end of a quotation or name.
_ENDS, _CLOSED = (".", "?", "!", "”", "؟"), "\u2069"


class _Writer:
    """The sentences of one brief, section by section."""

    def __init__(self, table: Table, wanted: set[str], notes: _Notes, language: Language) -> None:
        self.table, self.wanted, self.notes, self.language = table, wanted, notes, language

    def say(self, message: str, **values: object) -> str:
        return said(self.language, message, **values)

    def word(self, word: str) -> str:
        return self.language.gettext(word)

    def section(self, heading: str, sentences: list[_Told]) -> Section:
        """A section of as many sentences as there is room for; only these have notes."""
        left = max(0, len(sentences) - LONGEST)
        rest = self.say("… and %(count)s more in the table.", count=left) if left else ""
        shown = tuple(Sentence(told.text, self.notes(told.evidence)) for told in sentences[:LONGEST])
        return Section(heading, shown, left, rest)

    def sentence(self, text: str, evidence: Iterable[Evidence]) -> _Told:
        text = text.strip()
        ended = text.rstrip(_CLOSED).endswith(_ENDS)
        return _Told(text[:1].upper() + text[1:] + ("" if ended else "."), tuple(evidence))

    def recipe(self) -> str:
        reports, statements = len(self.table.documents), len(self.table.statements())
        language = self.language
        return language.gettext("Made from %(reports)s with %(statements)s.") % {
            "reports": language.ngettext("%(num)d report", "%(num)d reports", reports) % {"num": reports},
            "statements": language.ngettext("%(num)d statement", "%(num)d statements", statements)
            % {"num": statements},
        }

    def concerns(self, value: Any, *given: str | None) -> bool:
        """Whether something is about the parties of this brief."""
        return not self.wanted or self.notes.behind.concerns(self.wanted, value.evidence, *given)

    def deadlines(self) -> list[Deadline]:
        return [d for d in self.table.deadlines if self.concerns(d, d.set_by, d.what)]

    def meetings(self) -> list[Meeting]:
        return [
            m for m in self.table.meetings
            if self.concerns(m, m.name, m.waits_for, *m.chairs, *m.participants, *m.attended)
        ]  # fmt: skip

    def agreed(self) -> list[Agreement]:
        return [a for a in self.table.agreements if self.concerns(a, a.name, *a.parties)]

    def stands(self) -> list[_Told]:
        cells = [c for c in self.table.cells if not self.wanted or c.party in self.wanted]
        # The parties and cells with most behind them come first: a brief leads with what carries weight.
        weight: dict[str, int] = {}
        for cell in cells:
            weight[cell.party] = weight.get(cell.party, 0) + cell.statements
        cells.sort(key=lambda c: (-weight[c.party], c.party, -c.statements, c.issue))
        return [self.sentence(self._cell(cell), cell.evidence) for cell in cells]

    def _cell(self, cell: Cell) -> str:
        language = self.language
        known = self.say("since %(day)s", day=language.long_day(cell.since)) if cell.since else self.word("undated")
        if len(cell.outlets) > 1:
            known += language.gettext("; ") + self._support(cell)
        voices = [v for v in cell.voices if v.differs]
        other = voices and self.say(
            "%(speaker)s says otherwise: %(stance)s", speaker=voices[0].speaker, stance=voices[0].stance
        )
        held = language.gettext(STANDS[cell.direction]) % {
            "party": language.isolated(cell.party), "issue": language.isolated(cell.issue),
            "stance": language.isolated(cell.stance), "known": known,
        }  # fmt: skip
        return f"{held} {other}" if other else held

    def _support(self, cell: Cell) -> str:
        (low, high), outlets, language = cell.origins, len(cell.outlets), self.language
        origins = (
            language.ngettext("%(num)d origin", "%(num)d origins", high) % {"num": high}
            if low == high
            else self.say("%(low)s to %(high)s origins", low=low, high=high)
        )
        spread = language.ngettext("%(num)d outlet", "%(num)d outlets", outlets) % {"num": outlets}
        return spread + language.gettext(", ") + origins

    def changed(self, since: str | None) -> list[_Told]:
        if since is None:
            return []
        order = {name: n for n, name in enumerate(("reversed", "hardened", "softened", "changed", "retired", "new"))}
        theirs = {d.id for d in self.deadlines()} | {m.id for m in self.meetings()} | {a.id for a in self.agreed()}
        told = [
            c for c in changes(self.table, since)
            if (not self.wanted or c.party in self.wanted or (c.kind != "condition" and c.id in theirs))
            and c.kind != "figure" and c.change != "repeated"
        ]  # fmt: skip
        told.sort(key=lambda c: (c.kind != "position", order.get(c.change, 9), c.date, c.about))
        return [self.sentence(self._change(c), c.evidence) for c in told]

    def _change(self, change: Change) -> str:
        if change.kind == "position":
            head = self.say(MOVED[change.change], party=change.party, issue=change.issue)
            after = f": {self.language.isolated(change.after)}" if change.after else ""
            if not change.before or change.change in ("new", "repeated"):
                return f"{head}{after}."
            before = self.say("Before: %(stance)s", stance=change.before)
            return f"{head}{after}. {before}"
        if change.kind == "condition" and change.change == "added":
            laid_down = next((c for c in self.table.conditions if c.id == change.id), None)
            if laid_down is not None:
                message = self.language.gettext("%(party)s set a condition for %(what)s: %(asked)s")
                return self._asked(message, laid_down, status=False)
        text = self.say("%(kind)s %(change)s: %(about)s", kind=self.word(change.kind), change=self.word(change.change),
                        about=change.about)  # fmt: skip
        if change.after and change.after != change.change:
            text += f" ({self.language.isolated(self.word(change.after))})"
        return text

    def waits(self) -> list[_Told]:
        conditions = [
            c for c in self.table.conditions
            if not self.wanted or not self.wanted.isdisjoint((c.party, *(p for r in c.requires for p in r.waits_for)))
        ]  # fmt: skip
        still = [c for c in conditions if any(r.status in ("open", "violated") for r in c.requires)]
        found = [self.sentence(self._condition(c), c.evidence) for c in still]
        arrow = self.word("→")
        for lock in self.table.deadlocks():
            if self.wanted and self.wanted.isdisjoint(lock.parties):
                continue
            ring = f" {arrow} ".join(self.language.isolated(name) for name in around(lock))
            text = self.language.gettext("Deadlock: %(ring)s wait for each other.") % {"ring": ring}
            cuts = [listed(self.language, [self.language.isolated(w.requirement) for w in cut])
                    for cut in lock.breakers[:2]]  # fmt: skip
            if cuts:
                ways = self.word("; or ").join(cuts)
                text += " " + self.language.gettext("It would be broken by: %(ways)s") % {"ways": ways}
            found.insert(0, self.sentence(text, [e for wait in lock.waits for e in wait.evidence]))
        return found

    def _condition(self, condition: Condition) -> str:
        return self._asked(self.language.gettext("%(party)s sets a condition for %(what)s: %(asked)s"), condition)

    def _asked(self, message: str, condition: Condition, *, status: bool = True) -> str:
        """A condition in a sentence, with what became of what it requires unless `status` is off."""
        parts = [
            self.language.isolated(r.what) + (f" ({self.word(r.status)})" if status and r.status != "open" else "")
            for r in condition.requires
        ]
        return message % {
            "party": self.language.isolated(condition.party or self.word("Somebody")),
            "what": self.language.isolated(condition.withholds),
            "asked": listed(self.language, parts) or self.word("what it asks"),
        }  # fmt: skip

    def dates(self) -> list[_Told]:
        deadlines = [d for d in self.deadlines() if d.status in ("pending", "extended") and not d.replaced_by]
        ahead = self.table.asof[:10]
        meetings = [m for m in self.meetings() if m.status in ("planned", "postponed", "unset")]
        meetings = [m for m in meetings if not m.date or not ahead or m.date >= ahead[: len(m.date)]]
        found: list[tuple[str, _Told]] = []
        for d in deadlines:
            found.append((d.date or "9999", self.sentence(self._deadline(d), d.evidence)))
        for m in meetings:
            found.append((m.date or "9999", self.sentence(self._meeting(m), m.evidence)))
        return [sentence for _, sentence in sorted(found, key=lambda f: f[0])]

    def _deadline(self, deadline: Deadline) -> str:
        when = self.language.long_day(deadline.date) or self.word("no date resolved")
        text = self.say("%(when)s: deadline for %(what)s", when=when, what=deadline.what)
        if deadline.set_by:
            text += self.say(", set by %(party)s", party=deadline.set_by)
        moved = [
            self.say("%(move)s on %(day)s", move=self.word(m.kind), day=self.language.long_day(m.date))
            for m in deadline.moves if m.kind != "set"
        ]  # fmt: skip
        return text + (self.word("; ") + self.word(", ").join(moved) if moved else "")

    def _meeting(self, meeting: Meeting) -> str:
        when = self.language.long_day(meeting.date) or self.word("no date set")
        text = f"{when}: {self.language.isolated(meeting.name)}"
        if meeting.place:
            text += self.say(" in %(place)s", place=meeting.place)
        status = self.word(meeting.status)
        if meeting.waits_for:
            status += self.say(", waiting for %(what)s", what=meeting.waits_for)
        return f"{text} ({status})"

    def agreements(self) -> list[_Told]:
        found = []
        for a in self.agreed():
            name = self.language.isolated(a.name)
            if a.date:
                name = self.say("%(agreement)s of %(day)s", agreement=a.name, day=self.language.long_day(a.date))
            status = self.word("its status is unknown") if a.status == "unknown" else self.word(a.status)
            found.append(self.sentence(f"{name}: {status}", a.evidence))
        return found

    def figures(self) -> list[_Told]:
        found, nobody = [], self.word("unattributed")
        for dispute in self.table.disputed_figures:
            givers = [name for f in dispute.figures for name in (f.party, f.by)]
            if not self.concerns(dispute, dispute.about, *givers):
                continue
            parts = [
                f"{'' if f.bound == 'exactly' else self.word(f.bound) + ' '}{in_digits(f.quantity)} "
                f"({self.language.isolated(f.by) if f.by else nobody})"
                for f in dispute.figures if f.quantity is not None
            ]  # fmt: skip
            text = self.language.gettext(VERDICTS[dispute.verdict]) % {
                "about": self.language.isolated(dispute.about), "figures": self.word("; ").join(parts)
            }  # fmt: skip
            found.append(self.sentence(text, dispute.evidence))
        return found

    def differences(self) -> list[_Told]:
        return [
            self.sentence(self._difference(d), d.evidence)
            for d in self.table.disagreements
            if self.concerns(d, d.about, *d.sides)
        ]

    def _difference(self, disagreement: Disagreement) -> str:
        if disagreement.note:
            return f"{self.language.isolated(disagreement.about)}: {self.language.retold(disagreement.note)}"
        sides = self.word(" against ").join(self.language.isolated(side) for side in disagreement.sides)
        return f"{self.language.isolated(disagreement.about)}: {sides}"
