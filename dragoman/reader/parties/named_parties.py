"""Collects the parties that a text names: states, bodies, governments, groups in plain words, and where each stands.

In: the cast of a text. Out: Options, each a party that somebody may speak for.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache, cached_property

from dragoman.folding import fold, without_genitive
from dragoman.reader.names.name_shapes import heads_of, is_paper
from dragoman.reader.names.named_bodies import is_party_in_house, is_plain_word, is_slug
from dragoman.reader.names.names import Cast
from dragoman.reader.names.newcomers import finite
from dragoman.reader.parties.home import lies_there
from dragoman.reader.parties.told_around import PORTFOLIO_AFTER, watching_bodies
from dragoman.reader.vocabulary import data, key_of, words
from dragoman.reading import Span

_GOVERNMENT = re.compile(
    r"((?:[A-Z][\w’'-]+ )?(?:(?:[Ff]ederal|[Nn]ational|[Cc]entral|[Rr]egional|[Pp]rovincial|[Ss]tate|[Cc]aretaker|"
    r"[Ii]nterim|[Tt]ransitional|[Dd]eposed) )?[Gg]overnment(?: of (?:the )?[A-Z][\w’'-]+(?: [A-Z][\w’'-]+)?)?)\b"
)
# A government that is talked about, not one that talks: "a new elected government", "the government of national unity".
_YET_TO_BE = re.compile(
    r"\b(?:an?|any|another|new|future|unity|coalition|inclusive|civilian|elected|power-sharing)(?: [a-z-]+){0,2} $"
)
_PEOPLE_AFTER = re.compile(r"(?:['’]s)? [a-z]+(?:s|[eo]r|man|woman|ion)\b")
_SERVES = re.compile(r"\b([a-z-]+)(?: (?:of|for|from|at|to) | representing )(?:(?:the|a|its|all) )?")
AFTER_NAME = re.compile(r"(['’]s?)?\s+([a-z]+)")  # what follows a name: its possession, or its verb
_PORTFOLIO = re.compile(r" (?:minister|secretary|commissioner|board|chiefs?|director)\b")
_GROUPS = re.compile(r" ([a-z]{3,}(?:ies|s))\b")
_BEFORE_ROLE = re.compile(
    r"(?P<name>[A-ZÀ-Þ](?<![\w’'-][A-ZÀ-Þ])[\w&-]++(?: [A-ZÀ-Þ][\w&-]++)?) "
    r"(?:(?:deputy|vice|chief|senior) )?(?P<role>[a-z]+)(?= [A-ZÀ-Þ])"
)
_NEXT_WORD = re.compile(r" ([\w-]+)")
_OF_WHOM = re.compile(r" (?:of|for) ")
_OWN_GOVERNMENT = re.compile(r"([A-Z][\w’'-]*[^\W\d_])['’]s? (?=[a-z ]*[Gg]overnment$)")
_WHERE = re.compile(r"\b(?:in|at|near|across|outside|around|throughout|inside)\s(?:the\s)?$")
_TITLE = 120  # letters of a text that are taken for its title
_SORTS = {"state": "land", "place": "land", "body": "body", "named": "body", "plain": "body", "government": "land"}
_NAME_EDGES = re.compile(r"^(?:(?:of|by|for|from) (?=(?:the )?[A-Z]))?(?:[Tt]he )?|['’]s?$")
_THREE_DIGITS = re.compile(r"\D?\d{3}")
_GOES_ON = re.compile(r"[ \u00a0](?:[A-Z&]|\d)")
_OFFICE_BEFORE = re.compile(r"\b(?:[Mm]inister|[Ss]ecretary|[Cc]ommissioner) (?:of|for) $")
_SMALL_WORD = re.compile(r"[a-z][\w-]+")
_SAID = re.compile(r"(?<=\w) (?:said|says|told|added|warned|announced)$")
_THEIR_ROLE = re.compile(r"([\w-]+s)['’] (?:[a-z-]+ ){0,2}?([a-z-]+)\b")
_CALLED = re.compile(r"\b(?:[Tt]he|[Ii]ts|[Tt]heir|[Hh]is|[Hh]er|[Tt]his) ([\w-]+)")
_CAPITAL_WORD = re.compile(r"[A-Z][\w-]+")


@dataclass(eq=False)
class Option:
    """A party that somebody may speak for; `name` None is nobody."""

    name: str | None
    kind: str  # none | self | state | place | body | named | government | plain | rule | publisher
    places: list[tuple[int, int, str]] = field(default_factory=list)  # where it is named, and how
    starts: list[int] = field(default_factory=list)  # where these begin, once all are known

    @cached_property
    def sort(self) -> str:
        """Its kind, roughly: a land, a body, or one of the others."""
        return _SORTS.get(self.kind, self.kind)

    @cached_property
    def key(self) -> str:
        """What tells its name from others."""
        return key_of(self.name or "")

    def before(self, position: int) -> int | None:
        """Where it is named last before `position`."""
        at = bisect_left(self.starts, position)
        return self.starts[at - 1] if at else None

    @cached_property
    def often(self) -> int:
        """How often it is named, roughly."""
        return int(math.log2(1 + len(self.places)))

    @cached_property
    def is_titled(self) -> bool:
        """Whether the text opens with it."""
        return bool(self.places) and self.starts[0] < _TITLE

    @cached_property
    def head(self) -> str:
        """The word by which it is called for short."""
        parts = _OF_WHOM.split(self.name or "")[0].split()
        return fold(parts[-1]) if parts else ""


class Named:
    """The parties that one text names, by folded name."""

    def __init__(self, cast: Cast) -> None:
        self.cast, self.text = cast, cast.text
        self.segments = cast.draft.segments
        self.options: dict[str, Option] = {}
        self._conduct: dict[Option, tuple[str, ...]] = {}
        named = (self._states(), self._bodies(), self._governments())
        for options in (*named, self._plain(), self._served(), self._before_roles(), self._watching()):
            for option in options:
                self._take(option)
        self._single_words()
        self._short_forms()
        self._join_people()
        for option in self.options.values():
            option.places.sort()
            option.starts = [p[0] for p in option.places]

    def conduct(self, option: Option) -> tuple[str, ...]:
        """What the text lets a party do: whether it acts ("Sulmar wants"), owns ("Sulmar's"), or only locates."""
        known = self._conduct.get(option)
        if known is None:
            acts = owns = where = 0
            for start, end, _ in option.places:
                after = AFTER_NAME.match(self.text, end)
                owns += bool(after and after.group(1))
                acts += bool(after and not after.group(1) and after.group(2) in finite())
                where += _WHERE.search(self.text, max(0, start - 16), start) is not None
            located = round(2 * where / max(1, len(option.places)))
            told = f"acts {min(2, acts)}", f"owns {min(2, owns)}", f"located {located}"
            known = *told, f"acts={acts > 0} located={located}"
            self._conduct[option] = known
        return known

    def _take(self, option: Option) -> None:
        key = key_of(option.name or "")
        if is_party_in_house(option.name or ""):
            return
        known = self.options.get(key)
        if known is None:
            self.options[key] = option
        else:
            taken = {p[0] for p in known.places}
            known.places += [p for p in option.places if p[0] not in taken]

    def _states(self) -> Iterator[Option]:
        for place in self.cast.atlas.places:
            if fold(place.state) in words("pronouns"):
                continue  # "They" of a headline
            yield Option(place.state, "state", [(place.start, place.end, place.how)])

    def _bodies(self) -> Iterator[Option]:
        for low, high, actor in self.cast.mentions:
            if high - low < len(actor.name) and PORTFOLIO_AFTER.match(self.text, high):
                continue  # "Transport Secretary" beside the Transport Alliance
            if actor.kind == "organisation" and fold(actor.name) != "government":
                yield Option(actor.name, "named" if actor.doubtful else "body", [(low, high, "name")])
                if actor.party and actor.party != actor.name:
                    yield Option(actor.party, "body", [(low, high, "organ")])
        for mention in self.cast.draft.mentions:
            if mention.kind in ("organisation", "place", "state"):
                name = _NAME_EDGES.sub("", self.text[mention.span.start : mention.span.end])
                if self._is_none(name, mention.span.start, mention.span.end) or self._is_of_state(mention.span):
                    continue
                known = self.cast.known(name)
                if name and self.cast.atlas.lookup(name) is None and (known is None or known.kind == "organisation"):
                    where = mention.kind != "organisation" or (known is None and self.cast.is_only_where(name))
                    kind = "place" if where else "named"
                    yield Option(known.name if known else name, kind, [(*mention.span, "name")])

    def _is_of_state(self, span: Span) -> bool:
        """Whether words are the end of a state's name: "Lanka" of Sri Lanka."""
        places = self.cast.atlas.places
        before = places[bisect_left(places, (span.start,)) - 1 :][:1]
        return any(place.start < span.start < place.end and span.end <= place.end + 2 for place in before)

    def _is_none(self, name: str, start: int, end: int) -> bool:
        """Whether words that a finder took for a name are none: an office, a headline, a part of a longer name."""
        first = fold(name.split()[0]) if name.split() else ""
        last = start + len(without_genitive(self.text[start:end]))
        if _only_offices(name) or first in words("pronouns", "possessives") or fold(name) == "government":
            return True
        if " " in name and fold(name.split()[-1]) in words("role_nouns"):
            return True  # "UN mediator"
        if is_party_in_house(" ".join(self.text[max(0, start - 15) : end].split()[-2:])):
            return True  # "Senate" of "Republican Senate leader"
        if is_slug(self.text, start, end) or is_paper(name):
            return True
        if fold(name.split()[-1]) in words("settlements"):
            return True  # "the Algiers Accord"
        if " and the " in name or (name.isupper() and " " in name) or _THREE_DIGITS.match(name):
            return True
        if first in words("of_no_land") and " " not in name:
            return True  # "Western" of "Western ambassadors"
        if lies_there(name):
            return True  # "Lake Vekk" has no minister
        if any(a.kind == "person" and high == last for _, high, a in self.cast.between(start, end)):
            return True  # "mediator Hana Kirov's"
        if _GOES_ON.match(self.text[end : end + 2]):
            return True  # "Farm" of "Farm Commissioner"
        if " " not in name and self._opens(start) and _PORTFOLIO.match(self.text, end):
            return True  # "Culture" of "Culture minister Efua Quansah"
        if " " not in name and is_plain_word(self.cast, name, start):
            return True  # "Rights" of "Rights office: both sides starved civilians"
        if " " not in name and self._opens(start) and (group := _GROUPS.match(self.text, end)) is not None:
            return not words("organisation_nouns").isdisjoint(
                (group.group(1), re.sub("ies$", "y", group.group(1)), group.group(1)[:-1])
            )  # "Aid" of "Aid agencies warn of a famine"
        return _OFFICE_BEFORE.search(self.text[max(0, start - 20) : start]) is not None

    def _governments(self) -> Iterator[Option]:
        for match in _GOVERNMENT.finditer(self.text) if "overnment" in self.text else ():
            start, end = match.span(1)
            if _YET_TO_BE.search(self.text, max(0, start - 60), start) and not _PEOPLE_AFTER.match(self.text, end):
                continue  # "agreed to form a unity government"
            name = re.sub(r"^(?:[Tt]he|[Aa]|[Aa]n|[Ii]ts|[Tt]heir|[Oo]ne|[Bb]oth) ", "", match.group(1))
            low = match.end(1) - len(name)
            owner = _OWN_GOVERNMENT.match(name)
            state = self.cast.atlas.lookup(owner.group(1)) if owner else None
            if owner and state and (demonym := self.cast.atlas.demonym_of(state[0])):
                name = f"{demonym} {name[owner.end() :]}"  # "Kestria's government" is called the Kestrian government
            yield Option(name[:1].lower() + name[1:] if name == "Government" else name, "government",
                         [(low, match.end(1), "name" if start >= 0 else "")])  # fmt: skip

    def _plain(self) -> Iterator[Option]:
        """Bodies and groups in lower case: "the city council", "Karst farmers", "the owners' association"."""
        nouns = words("organisation_nouns")
        for match in _SMALL_WORD.finditer(self.text):
            head = match.group()
            if head not in nouns or head == "government":
                continue
            low = self._widened(match.start())
            yield Option(self.text[low : match.end()], "plain", [(low, match.end(), "name")])
            place = re.match(r" of (?:the )?[A-Z][\w-]+(?: [A-Z][\w-]+)?", self.text[match.end() : match.end() + 50])
            if place:
                end = match.end() + place.end()
                yield Option(self.text[low:end], "plain", [(low, end, "name")])

    def _widened(self, start: int) -> int:
        """Where the noun phrase begins whose last word begins at `start`."""
        closed = _closed()
        low = start
        for match in reversed(list(re.finditer(r"[\w’'-]+ ", self.text[max(0, start - 50) : start]))[-3:]):
            word = match.group()[:-1]
            at = max(0, start - 50) + match.start()
            if at + len(match.group()) != low or word.lower() in closed or (word.endswith("ed") and low == start):
                break
            if re.search(r"['’]s$", word) or (word[:1].isupper() and self._opens(at)):
                break
            low = at
            if word[:1].isupper():
                break
        return low

    def _opens(self, start: int) -> bool:
        """Whether a word opens its sentence, so that its capital says nothing."""
        sentence = self.segments.sentences[self.segments.sentence_at(start)]
        return start - sentence.start <= 1 and self.cast.atlas.lookup(self.text[start : start + 20].split()[0]) is None

    def _served(self) -> Iterator[Option]:
        """Whom a role serves: "leader of the suppliers", "the farmers' spokesman", "spokeswoman for the pilots"."""
        roles = words("role_nouns")
        for match in _SERVES.finditer(self.text):
            if match.group(1) not in roles:
                continue
            rest = re.match(
                r"(?:[a-z][\w’'-]+ ){0,2}?[a-z][\w-]+s\b(?: of (?:the )?[A-Z][\w-]+(?: [A-Z][\w-]+)?)?|"
                r"(?:[a-z][\w’'-]+ ){0,2}?[a-z][\w-]+(?=[,.;)]|$)|"
                r"(?:[A-Z][\w’'-]+ )*[A-Z][\w’'-]*\w(?: (?:of|for|and|de|du) (?:the )?(?:[A-Z][\w’'-]+ )*[A-Z][\w-]+)?"
                r"(?: [a-z]+s?\b)?",
                self.text[match.end() : match.end() + 80],
            )
            if rest and not any(w in words("prepositions") and w not in ("of", "for") for w in rest[0].lower().split()):
                name = rest.group()
                shorter = re.match(r".*[A-Z][\w’'-]*\w(?= [a-z]+$)", name)
                for one in dict.fromkeys((name, shorter.group() if shorter else name)):
                    one = _SAID.sub("", without_genitive(one))
                    yield Option(one, "plain", [(match.end(), match.end() + len(one), "name")])
        for match in _THEIR_ROLE.finditer(self.text):
            if match.group(2) in roles:
                low = self._widened(match.start(1))
                yield Option(self.text[low : match.end(1)], "plain", [(low, match.end(1), "name")])

    def _before_roles(self) -> Iterator[Option]:
        """What stands before a role and a name, where the text names it elsewhere too: "Nexor president Tibor Vekk"."""
        for match in _BEFORE_ROLE.finditer(self.text):
            name, role = match.group("name"), match.group("role")
            if role not in words("role_nouns") or _PORTFOLIO.match(f" {role}") or _only_offices(name):
                continue
            if self.cast.atlas.lookup(name) is None and self._is_named_alone(name):
                yield Option(name, "named", [(*match.span("name"), "name")])

    def _watching(self) -> Iterator[Option]:
        """The bodies that have observers: "Concord observers"."""
        for start, end, name in watching_bodies(self.cast):
            yield Option(name, "named", [(start, end, "name")])

    def _is_named_alone(self, name: str) -> bool:
        """Whether a name stands somewhere inside a sentence, before no role and no other name."""
        for match in re.finditer(rf"(?<![\w’'-]){re.escape(name)}(?![\w-])", self.text):
            after = _NEXT_WORD.match(self.text, match.end())
            goes_on = after is not None and (after.group(1)[:1].isupper() or after.group(1) in words("role_nouns"))
            if not goes_on and not self._opens(match.start()):
                return True
        return False

    def _single_words(self) -> None:
        """Every place where a party of one word is named, also where no rule looked."""
        single = {key: o for key, o in self.options.items() if " " not in key and o.kind in ("body", "named", "place")}
        taken = {(s, e) for o in single.values() for s, e, _ in o.places}
        for match in _CAPITAL_WORD.finditer(self.text):
            option = single.get(key_of(match.group()))
            if option is not None and match.span() not in taken:
                option.places.append((*match.span(), "name"))

    def _join_people(self) -> None:
        """Let "Ostar" be one with the Ostars."""
        for key, option in list(self.options.items()):
            people = self.people(option.name) if option.kind in ("body", "named", "place") else option.name
            if people != option.name:
                self._take(Option(people, "named", option.places))
                del self.options[key]

    def people(self, name: str | None) -> str | None:
        """What the text calls in the plural those of whom `name` names one: "the Ostars" for "Ostar spokesman"."""
        if not name or " " in name or name.endswith("s") or not name[:1].isupper() or self.cast.atlas.lookup(name):
            return name
        plural = f"he {name}s" in self.text and re.search(rf"\b[Tt]he {re.escape(name)}s\b(?!['’])", self.text)
        return f"{name}s" if plural else name

    def _short_forms(self) -> None:
        """Where bodies are called by their noun alone: "the union"."""
        by_head: dict[str, list[Option]] = {}
        for option in self.options.values():
            if option.kind in ("body", "named", "plain", "government") and option.name:
                for head in heads_of(option.name) | {option.head}:
                    by_head.setdefault(head, []).append(option)
        for match in _CALLED.finditer(self.text):
            for option in by_head.get(fold(match.group(1)), ())[:6]:
                if not any(s <= match.start(1) < e for s, e, _ in option.places[-3:]):
                    option.places.append((match.start(1), match.end(1), "head"))
        for match in _BEFORE_ROLE.finditer(self.text):  # "Army chief Gen. Tui Vekk"
            if match.group("role") in words("role_nouns") and " " not in match.group("name"):
                for option in by_head.get(fold(match.group("name")), ())[:6]:
                    if all(s != match.start() for s, _, _ in option.places):
                        option.places.append((*match.span("name"), "head"))


def _only_offices(name: str) -> bool:
    """Whether a name is none: "Executive Secretary", "Mr", "They"."""
    offices = words("role_nouns", "titles", "anonymous_nouns", "pronouns", "determiners", "prepositions", "rubrics")
    return all(fold(without_genitive(w)).strip(".") in offices for w in name.split())


@cache
def role_words() -> frozenset[str]:
    return words("role_nouns", "titles", "anonymous_nouns")


@cache
def leading_verbs() -> frozenset[str]:
    verbs = data("roles.json")["leads_verbs"]
    return frozenset(verbs.replace(",", " ").split()) | words("serving_verbs")


@cache
def past_words() -> frozenset[str]:
    """Words that tell that an office is over: "former"."""
    return frozenset(fold(w) for w in re.findall(r"[\w-]+", data("roles.json")["past"]))


@cache
def _closed() -> frozenset[str]:
    return (
        words("determiners", "prepositions", "auxiliaries", "connectors", "pronouns", "subordinators", "lead_adverbs")
        | role_words() | leading_verbs() | {"said", "former", "own", "new"}
    )  # fmt: skip
