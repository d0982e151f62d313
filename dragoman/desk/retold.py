"""Sentences that other rooms write, known here by their pattern, so that a page can tell them in its own language.

In: a sentence in English. Out: the pattern that fits it, and what fills its places. A test holds every pattern to the
room that writes it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache


def N_(message: str) -> str:
    """Marks a message for the message files; it is translated where it is shown."""
    return message


# Longer patterns before shorter ones that would fit the same words.
PATTERNS = (
    # where sources differ
    N_("%(one)s denies what %(other)s says"),
    N_("%(one)s says no, %(other)s says yes"),
    N_("%(one)s says yes, %(other)s says no"),
    N_("%(words)s stands in one report of the quotation and not in the other"),
    N_("the figures cannot all be right"),
    N_("two reports of the same days give it differently"),
    # why reports and names belong together
    N_("%(share)s of its text stands in %(document)s, which it credits"),
    N_("%(share)s of its text stands in %(document)s"),
    N_("%(some)s of its %(all)s quotations stand word for word in %(document)s"),
    N_("a person decided"),
    N_("the names look alike"),
    N_("its letters begin the words"),
    N_("the names share most of their words"),
    N_("the names mean nearly the same"),
    # decisions
    N_("the words of the decision are no longer a statement here: %(words)s"),
    N_("no condition requires this any more"),
    N_("nobody in the dossier is called %(name)s"),
    N_("nothing is at issue under the name %(name)s"),
    N_("%(one)s and %(other)s would be named after each other in a ring"),
    N_("no deadline of these words is set any more"),
    N_("document %(name)s is not in the dossier"),
    N_("%(who)s decided on this statement after this page was shown: %(what)s"),
    N_("Look at it again; what you typed is kept below"),
    N_("%(who)s has meanwhile decided %(what)s on this, at %(when)s, as decision %(number)s"),
    N_("Look at it, then decide again"),
    N_("this was decided upon a decision that is not there"),
    N_("Load the page anew"),
    N_("decision %(number)s was already undone"),
    N_("Undo that undoing to bring it back"),
    N_("there is no decision %(name)s to undo"),
    N_("the id of a decision"),
    N_("no decision is called %(name)s"),
    N_("merging %(name)s into %(into)s closes a ring (%(ring)s)"),
    N_("merges that lead to one name"),
    N_("Undo one of the merges, or rename instead"),
    N_("%(name)s holds no letters or digits"),
    N_("a name of %(count)s letters"),
    N_("a name"),
    N_("%(key)s is missing"),
    N_("at most %(count)s"),
    N_("span %(span)s"),
    N_("two offsets, as 12-40"),
    N_("no content"),
    N_("the spans of what is said"),
    N_("a report cannot go back to itself"),
    # what is not there
    N_("no document is called %(name)s"),
    N_("`dragoman documents` lists what is there"),
    N_("The table has no position of %(party)s on %(issue)s."),
    N_("%(day)s is no day"),
    N_("an ISO date such as 2027-04-02"),
    N_("A brief comes as %(kinds)s, not as %(kind)s."),
    N_("A network comes as %(kinds)s, not as %(kind)s."),
    N_("No picture is called %(name)s."),
    N_("Nobody is for or against anything yet, so there is no network."),
    N_("Not Found"),
    N_("Method Not Allowed"),
    # people
    N_("Your account may look, but not decide. An owner can change that."),
    N_("Name and password do not fit."),
    # the dossier
    N_("this dossier is read-only"),
    N_("Copy it to a place you may write"),
    N_("another program is writing to this dossier"),
    N_("Try again when it has finished"),
    N_("too many at once ask this dossier"),
    N_("Try again in a moment"),
    # coverage
    N_("%(names)s: not a kind of file that can be read."),
    N_("Nothing was handed in."),
    N_("an empty file"),
    N_("an empty document"),
    N_("the text of an article"),
    N_("a saved web page"),
    N_("a page without an article"),
    N_("a page without text"),
    N_("Save the page of the article itself"),
    N_("a document without text"),
    N_("a PDF without text, probably scanned"),
    N_("a feed, not an article"),
    N_("text in an encoding that cannot be told"),
    N_("not a web address"),
    N_("no such host"),
    N_("no answer in time"),
    N_("no connection (%(problem)s)"),
    N_("too many redirects"),
    N_("the server answers %(status)s"),
    N_("Try again later"),
    N_("a public address"),
    N_("the name leads to %(address)s, which is not on the public internet"),
    # the outlook
    N_("the table has no position and no condition to make options of"),
    N_("at least one cell or condition"),
    N_("Read more coverage, or write the model by hand"),
    N_("the table gives more than %(count)s options"),
    N_("a narrower table"),
    N_("a model of %(count)s characters"),
    N_("the analysis took longer than %(count)s seconds"),
    N_("Draft it from fewer issues, settle what is unknown, or use `dragoman outlook analyse`"),
    N_("this is no TOML: %(problem)s"),
    N_("this is no JSON: %(problem)s"),
    N_("a model in TOML or JSON"),
    N_("the model has no decision_makers"),
    N_("the decision maker %(name)s is not defined"),
    N_("in the statement %(text)s the option %(name)s is not defined"),
    N_("in the statement %(text)s %(problem)s"),
    N_("the model has %(count)s options"),
    N_("Leave out options that no preference and no condition looks at"),
    N_("no state is feasible: the infeasible patterns and rules contradict each other"),
    N_("at least one state that matches no pattern and keeps every rule"),
    N_("Look at: %(what)s"),
    N_("Nobody controls the option %(name)s; it stays as it is."),
    N_("Some preferences are unknown. In the main table an unknown comparison neither attracts nor deters; "
       "the four attitudes are left out."),
    N_("The analysis took longer than %(count)s seconds; only Nash stability was worked out."),
    N_("Some states are tied, so that limited-move and non-myopic stability are not uniquely defined; "
       "of equally good moves the one to the lowest state is taken."),
    N_("The model has up to %(count)s moves: limited moves and single sanctions are left out, and the evolution "
       "unless a state is asked for."),
    N_("Each decision maker's stability is worked out in the conflict as it sees it: %(names)s"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Known:
    """A sentence of a known pattern: its message, and what fills its places."""

    message: str
    values: dict[str, str]


@cache
def _compiled() -> tuple[tuple[str, re.Pattern[str]], ...]:
    found = []
    for message in PATTERNS:
        parts = re.split(r"%\((\w+)\)s", message)
        pattern = "".join(re.escape(p) if n % 2 == 0 else f"(?P<{p}>.+?)" for n, p in enumerate(parts))
        found.append((message, re.compile(pattern, re.DOTALL)))
    return tuple(found)


@lru_cache(maxsize=2048)
def known(sentence: str) -> Known | None:
    """The pattern that a sentence follows; None where it follows none."""
    for message, pattern in _compiled():
        if match := pattern.fullmatch(sentence):
            return Known(message, match.groupdict())
    return None
