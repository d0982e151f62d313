"""Finds out who a source is: the person behind "he" or "the minister", the body behind "the union", and for whom.

In: the cast of a text and its attributions, one after another. Out: an Actor for each source. Where two would fit
equally, the words stay as the text gives them.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial

from dragoman.folding import fold, without_genitive
from dragoman.reader.draft import Found
from dragoman.reader.names.name_shapes import NAME, ORGANISATION, is_organisation, pieces
from dragoman.reader.names.names import Actor, Cast
from dragoman.reader.names.newcomers import members_before
from dragoman.reader.names.noun_phrases import PREPOSITION, core_of, only_titles, shortened
from dragoman.reader.names.noun_phrases import bare as bare_of
from dragoman.reader.names.people import people_in
from dragoman.reader.parties.affiliation import is_weak, party_elsewhere, party_of_person
from dragoman.reader.parties.bodies import body, outlet
from dragoman.reader.parties.descriptions import party_of_description
from dragoman.reader.parties.role_words import words_about
from dragoman.reader.parties.sides import SIDES, joined, the_two
from dragoman.reader.rules.arabic_words import ARABIC
from dragoman.reader.speakers.antecedents import Antecedents, is_single
from dragoman.reader.speakers.arabic_speakers import ArabicNames, Named
from dragoman.reader.speakers.holders import earlier_holder, later_holder, named_after, role_before
from dragoman.reader.speakers.nameless import earlier_nameless, nameless
from dragoman.reader.speakers.possessions import issued, owned, paper_of, possessed, some_of
from dragoman.reader.speakers.subjects import subject_before
from dragoman.reader.speakers.turns import Turns
from dragoman.reader.vocabulary import key_of, words
from dragoman.reading import Span, Spans

_DESCRIBED = re.compile(
    r"(?:the|this)\s+(?:[\w-]+\s+){0,2}?(?:former\s|ex-|(?:\d+|[a-z]+)-year-old\s|onetime\s|retired\s)", re.I
)
_OF_MEMBERS = re.compile(r"\b(?:association|union|federation|guild|league|syndicate|confederation|collective)\b", re.I)
_OWNED = re.compile(r"(?:[A-Z][\w-]*\.?\s+)*[\w-]+['’]s?\s")  # "Ms Kahn's lawyer" is no woman for that
_WHOSE = re.compile(
    r"\bwhose\s+(?:[\w-]+\s+){0,3}[\w-]+,?\s+(?:[A-Z]\w*\.?\s+){0,2}$"
)  # "the union, whose head, Tui Vekk"
_COPY = re.compile(r"(?:an?|the)\s+(?:leaked\s+)?cop(?:y|ies)\b(?!\s+of)", re.I)
_DRAFT = re.compile(
    r"\b((?:draft|leaked|confidential|secret|proposed|provisional)\s+(?:[a-z]+\s+)?(?:agreement|accord|deal|treaty|text|plan|"
    r"paper|letter|memo|memorandum|report|document|law|bill|resolution|communiqué|contract))\b",
    re.I,
)
_PORTFOLIO = re.compile(  # "Deputy Secretary of State Hana Kirov"
    r"\b(?:[Ss]ecretary|[Mm]inister) (?:of|for) (?:the )?(?:State|[A-Z]\w+(?:,? (?:and )?[A-Z]\w+){0,2})\s+$"
)
_AND_ANOTHER = re.compile(
    r"(?:,? (?:of|in|from) [A-Z][\w’'-]*(?: [A-Z][\w’'-]*)?)?,? and (?:[a-z][\w’'-]*,? ){0,3}"
    r"(?:[A-Z][\w’'-]*,? ){0,3}[A-Z][\w’'-]*"
)
_ANOTHERS = re.compile(
    r"(?:(?:[Aa]n?|[Aa]nother|[Oo]ne)\s+(?:[\w-]+\s+){1,3}?|[Tt]he\s+(?:[\w-]+\s+){0,2}?(?:office|team|camp|entourage|campaign|staff)\s+)"
    r"(?:of|to|for)\s+(?:the|its|his|her|their)\s+(?:[\w-]+\s+){0,5}?(?P<whose>[\w-]+),\s+(?:[A-Z]\w*\.?\s+)*$"
)
_AGED = re.compile(r"(?:the|this)\s+(?:\d+-year-old|(?:(?:same|young|old)\s+)+(?:man|woman))$", re.I)
_CALLED = re.compile(
    r"\b(?:(?:also\s+)?known (?:only )?as|calling (?:him|her|it|them)sel(?:f|ves)|go(?:es|ing) by the name(?: of)?|"
    r"(?:gave|give|gives|giving) (?:only )?(?:his|her|their) (?:first )?name(?: only)? as|"
    r"introduced (?:him|her)self as)\s+(?:only\s+)?[“\"‘«]?(?=[A-Z])"
)

_OF_STATE = re.compile(r"\b(?:minister|ministry|premier|ambassador|parliament|army|prime|embassy|navy|foreign)\b", re.I)
_OF_BODY = re.compile(
    r"\b(?:chair\w*|chief executive|secretary|coordinator|director|manager|partner|co-chair\w*|owner|lawyer)\b", re.I
)


_NOTHING = Spans()
_LEAD = 600  # letters before "a copy" in which the paper is looked for
_MEMORY = 200  # earlier speakers that a pronoun or role can mean; a page of text has some ten

_ASKED_BY = re.compile(r",? (?:cited|quoted|interviewed|consulted|contacted|reached) by .*$", re.DOTALL)


class Speakers:
    """The speakers of one text, found in text order."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast
        self.said: list[tuple[int, Actor]] = []  # where a source or bare quotation stands, who it is
        self.antecedents = Antecedents(cast, self.sourced, self.said)
        self.turns = Turns(cast)
        self._joint: set[Actor] = set()  # who spoke together with another, so that "they" may mean both
        self._turns: dict[Span, Actor] = {}  # by label
        self._content = Spans()  # what is said by whoever is looked for
        self._quoted: Actor | None = None  # whose quotation a quoted paragraph goes on with
        self._arabic_names: ArabicNames | None = None
        self._arabic_said: list[tuple[int, Named]] = []

        self._learned: set[int] = set()
        self._learn_roles()

    def _learn_roles(self) -> None:
        """The roles and genders that the words around full names give, learned once for a cast."""
        if self.cast.described:
            return
        self.cast.described = True
        for low, high, actor in self.cast.mentions:
            if actor.kind == "person" and high - low >= len(actor.name) - 1:
                left, right = words_about(self.cast, low, high)
                described = f"{left} {right}"
                found = set(re.findall(r"[\w-]+", described.lower()))
                actor.roles |= (found & words("role_nouns", "titles")) | (
                    {"_" + fold(described)} if described.strip() else set()
                )
                lead = set(re.findall(r"[\w-]+", _OWNED.sub(" ", left).lower())) - {"his", "her"}
                told = "m" if lead & words("male") else "f" if lead & words("female") else ""
                if told and not actor.sure:
                    actor.gender, actor.sure = told, True

    def speaker(self, found: Found) -> Actor:
        """Who speaks in `found`; call in text order."""
        position = min(s.start for s in (found.source, found.cue, found.content) if s)
        self._content = found.content
        if not found.source:
            actor = self._unsourced(found, position)
        else:
            actor = self.sourced(found.source.start, found.source.end)
        if actor.kind == "person" and actor.party is None and id(actor) not in self._learned:
            self._learned.add(id(actor))
            actor.party = party_elsewhere(self.cast, self, actor, -1)
        if actor.kind == "person" and self._names_two(found.source):
            self._joint.add(actor)
        self.said.append((found.source.start if found.source else position, actor))
        self.antecedents.contents += [(low, high, actor) for low, high in found.content]
        words_said = self.cast.text[found.content.start : found.content.start + 1]
        if words_said in tuple("“\"«‘'„") or not found.source:
            self._quoted = actor
        return actor

    def _names_two(self, source: Spans) -> bool:
        """Whether a source names two people: "Foreign Ministers Tui Vekk of Leth and Hana Kirov of Marrow"."""
        for low, high in source[:1]:
            first = next((end for _, end, a in self.cast.between(low, high) if a.kind == "person"), high)
            return _AND_ANOTHER.match(self.cast.text, first, high) is not None
        return False

    def _unsourced(self, found: Found, position: int) -> Actor:
        if not found.cue and self.turns.answers_at(position) and self.turns.guest is not None:
            return self.turns.guest
        if found.cue and not self.said:
            return Actor("", "group", anonymous=True)
        if found.cue:
            return Actor("", "group", anonymous=True)
        nearest = self._subject_before(position)
        if nearest is not None:
            return nearest
        if self._quoted is not None:
            return self._quoted
        before = [a for p, a in self.said[-_MEMORY:] if p <= position]
        return before[-1] if before else Actor("", "group")

    def _subject_before(self, position: int) -> Actor | None:
        """Whom the sentence right before a bare quotation is about, where it says nothing itself."""
        segments = self.cast.draft.segments
        here = segments.paragraph_at(position)
        paragraph = segments.paragraphs[here]
        if position - paragraph.start < 3:
            return None
        n = segments.sentence_at(position)
        last = segments.sentences[n - 1] if segments.sentences[n].start >= position - 2 else segments.sentences[n]
        if last.start < paragraph.start or any(last.start <= p < position for p, _ in self.said[-_MEMORY:]):
            return None
        return self.antecedents.subject_of(last)

    def sourced(self, start: int, end: int) -> Actor:
        text = self.cast.text
        source = text[start:end].strip(" “”\"«»‘’'")
        if ARABIC.search(source):
            return self._arabic(source, start)
        asked = _ASKED_BY.search(source)
        if asked and asked.start():
            return self.sourced(start, start + text[start:end].index(source) + asked.start())
        low = source.lower()
        word = re.sub(r"\s+(?:himself|herself|itself|themselves|too|also)$", "", low)
        if word in (
            "he",
            "him",
            "his",
            "she",
            "her",
            "it",
            "its",
            "they",
            "them",
            "their",
            "who",
            "which",
            "we",
            "i",
            "us",
            "our own",
            "our",
            "my",
            "me",
            "you",
        ):
            return self._pronoun(word, start, content=self._content) or Actor(source, "group")
        spelled = self.turns.full_names.get(low)
        if spelled is not None:
            return self.sourced(spelled.start, spelled.end)
        for look in (
            partial(outlet, self),
            self._called,
            self._joined,
            self._person,
            self._apposed,
            self._aged,
            partial(some_of, self),
            partial(possessed, self),
            partial(owned, self),
            partial(issued, self),
            partial(paper_of, self),
            self._copy,
            self._both,
            self._definite_person,
            self._described_person,
            partial(nameless, self),
            partial(body, self),
        ):
            actor = look(start, end, source)
            if actor is not None:
                return actor
        party = party_of_description(self.cast, source, start, end)
        return Actor(bare_of(shortened(source)), "group", party=party, start=start)

    def _arabic(self, source: str, start: int) -> Actor:
        if self._arabic_names is None:
            self._arabic_names = ArabicNames(self.cast.text, self.cast.atlas.gazetteer)
        named = self._arabic_names.who(source, [n for _, n in self._arabic_said[-_MEMORY:]])
        self._arabic_said.append((start, named))
        return Actor(named.name, named.kind, party=named.party, anonymous=named.anonymous, start=start)

    # ------------------------------------------------------------------------------------------------ pronouns

    def _pronoun(
        self, word: str, start: int, *, content: Spans = _NOTHING, also: Callable[[Actor], bool] = lambda a: True
    ) -> Actor | None:
        if word in ("we", "i", "us", "our own", "our", "my", "me"):
            return self._first_person(word, start)
        if word == "you":
            return self._second_person(start)
        if word in ("who", "which"):
            return self.antecedents.relative(word, start)
        gender = {"he": "m", "him": "m", "his": "m", "she": "f", "her": "f"}.get(word, "")
        fitting = self._fitting(word, gender, start)
        fits = lambda a: fitting(a) and also(a)  # noqa: E731
        content = _NOTHING if gender else content
        new = "people" if gender else "bodies" if word in ("it", "its") else "groups"
        actor = self.antecedents.best(start, fits, gender=gender, new=new, content=content)
        if actor is None and gender:
            people = (a for _, _, a in reversed(self.cast.before(start)) if a.kind == "person" and fits(a))
            actor = next(people, None)
        if actor is not None and gender:
            actor.gender, actor.sure = gender, actor.sure or actor.kind == "person"
        return actor

    def _fitting(self, word: str, gender: str, start: int) -> Callable[[Actor], bool]:
        """Tells whom a pronoun at `start` can mean by its gender and number."""
        speaking = {id(a) for a in (self.antecedents.quoting(start), self._turn(start)) if a is not None}
        if gender:
            return lambda a: is_single(a) and id(a) not in speaking and not (a.sure and a.gender not in ("", gender))
        if word in ("it", "its"):
            return lambda a: a.kind in ("organisation", "state", "outlet") and not a.plural
        last = self.said[-1][1] if self.said and self._same_paragraph(self.said[-1][0], start) else None
        joint = self._joint
        return lambda a: (
            (a.kind in ("organisation", "outlet") or a.plural or a in joint or (a is last and a.anonymous))
            and id(a) not in speaking
        )

    def _same_paragraph(self, one: int, other: int) -> bool:
        segments = self.cast.draft.segments
        return segments.paragraph_at(one) == segments.paragraph_at(other)

    def owner(self, word: str, start: int, role: str) -> Actor | None:
        """Whom "its" or "their" before a role means: a state has ministers, a body has chairmen."""
        if word in ("his", "her"):
            return self._pronoun(word, start)
        if word == "whose":
            return self.antecedents.owning(start)
        of_state = _OF_STATE.search(role) is not None
        if word in ("its", "their"):
            subject = self.about(start, several=word == "their", named=of_state)
            if subject is not None:
                return subject
            if of_state:
                return self.antecedent(start, lambda a: a.kind == "state") or self._pronoun(word, start)
        if word == "its" and _OF_BODY.search(role):
            return self.antecedent(start, lambda a: a.kind == "organisation") or self._pronoun(word, start)
        if word == "their" and _OF_MEMBERS.search(role) and (members := members_before(self.cast, start)) is not None:
            return members
        if re.search(r"\b(?:lawyers?|spokes\w+|officials?|aides?|advisers?|negotiators?)\b", role):
            return self._pronoun(word, start, also=lambda a: key_of(a.name.split()[-1]) not in words("paper_nouns"))
        return self._pronoun(word, start)

    def about(self, start: int, *, several: bool = False, named: bool = True) -> Actor | None:
        """The body or state that the clause before `start` is about."""
        subject = subject_before(self.cast, self.antecedents, start, several=several, named=named)
        return self.sourced(subject.start, subject.end) if subject is not None else None

    def _first_person(self, word: str, start: int) -> Actor | None:
        """ "I" and "we": whoever is quoted, whose turn it is, the author, or the outlet."""
        quoted = self.antecedents.quoting(start)
        if quoted is not None:
            return quoted
        turn = self._turn(start)
        if turn is not None:
            return turn
        if self.turns.answers_at(start) and self.turns.guest is not None:
            return self.turns.guest
        document = self.cast.draft.document
        if word in ("i", "my", "me") and self.turns.author:
            return self.cast.known(self.turns.author) or Actor(self.turns.author, "person", start=start)
        own = re.sub(r"\s*(?:\(.*?\)|,.*)", "", document.outlet or "")
        if not own:
            return None
        return self.cast.known(own) or self.cast.publisher(own, start)

    def _second_person(self, start: int) -> Actor | None:
        """ "You" in a question: whoever answers it."""
        addressed = self.turns.addressed_at(start)
        if addressed is not None:
            return self.sourced(addressed.start, addressed.end)
        return self.turns.guest if self.turns.asks_at(start) else None

    def _turn(self, start: int) -> Actor | None:
        """Who has the floor at `start` in a transcript."""
        label = self.turns.label_at(start)
        if label is None:
            return None
        if label not in self._turns:
            self._turns[label] = self.sourced(label.start, label.end)
        return self._turns[label]

    def antecedent(self, start: int, fits: Callable[[Actor], bool]) -> Actor | None:
        """The earlier speaker or subject that `fits` best."""
        return self.antecedents.best(start, fits)

    # ------------------------------------------------------------------------------------------ outlets, people

    def _person(self, start: int, end: int, source: str) -> Actor | None:
        text = self.cast.text
        for match in NAME.finditer(text, start, end):
            for low, high in self._name_in(match.start(), min(match.end(), end)):
                before = text[start:low]
                if re.search(
                    r"\b(?:of|to|with|for|by|from|in|at|near|against|on|under|than|and|"
                    r"or)\s+(?:the\s+)?(?:[A-Z]\w+\.?\s+){0,3}$",
                    _PORTFOLIO.sub("", before),
                ) or (re.search(r"\b(?:who|which|whose)\b", before) and not (_WHOSE.search(before) and high == end)):
                    continue
                if _is_anothers(before):
                    continue  # "an aide to the mediator, Tui Vekk", "the office of its founder, Tui Vekk"
                if re.match(r"['’]s?\s+\w", text[high:end]):
                    continue
                phrase = without_genitive(text[low:high])
                actor = self.cast.known(phrase)
                if actor is None or actor.kind != "person":
                    if actor is not None:
                        continue
                    if len(phrase.split()) < 2 and not role_before(before):
                        continue
                    actor = self.cast.person(low, low + len(phrase))
                self._learn(actor, start, end, low, high)
                return actor
        return None

    def _apposed(self, start: int, end: int, source: str) -> Actor | None:
        """The name after the comma: "the head of the committee, Ruslan Akhmetov", "a group, the Freedom Front"."""
        match = re.match(r"([^,“\"«]{3,90}),\s+(?:(?:the|Mr|Mrs|Ms|Dr|Prof|Hon|Sir|Baron)\.?\s+|\([^)]*\)\s*)*", source)
        if match is None or not re.match(
            r"(?:the|an?|its|his|her|their|our|one)\s|[^,]*['’]s?\s", match.group(1), re.I
        ):
            return None
        if _is_anothers(match.group()):
            return None
        low = start + self.cast.text[start:end].index(source) + match.end()
        name = NAME.match(self.cast.text, low, end)
        longer = ORGANISATION.match(self.cast.text, low, end)
        if longer is not None and is_organisation(longer.group()):
            name = longer
        if name is None or not re.match(r"\s*(?:$|,|\()", self.cast.text[name.end() : end]):
            return None
        head = re.split(PREPOSITION, " " + match.group(1))[0].split()[-1].lower()
        known = self.cast.known(name.group())
        if known is not None:
            return known if known.kind != "state" else None
        if head in words("role_nouns", "anonymous_nouns") and len(name.group().split()) >= 2:
            actor = self.cast.person(name.start(), name.end())
            self._learn(actor, start, end, name.start(), name.end())
            return actor
        if head in words("outlet_nouns"):
            return self.cast.add(Actor(name.group(), "outlet", start=low), name.group())
        if fold(head) in words("organisation_nouns") or head in (
            "manufacturer",
            "airline",
            "maker",
            "operator",
            "airlines",
            "lobby",
        ):
            return self.cast.add(
                Actor(name.group(), "organisation", party=name.group(), start=low, roles={fold(head)}), name.group()
            )
        return None

    def _called(self, start: int, end: int, source: str) -> Actor | None:
        """The name that somebody goes by: "a man calling himself Captain Vekk"."""
        match = _CALLED.search(self.cast.text, start, end)
        name = NAME.match(self.cast.text, match.end(), end) if match else None
        if name is None:
            return None
        known = self.cast.known(name.group())
        if known is not None:
            return known if known.kind == "person" else None
        return self.cast.add(Actor(name.group(), "person", start=name.start()), name.group())

    def _joined(self, start: int, end: int, source: str) -> Actor | None:
        """ "Japan and the US": several states or bodies that speak with one voice."""
        return joined(self.cast, source, start)

    def _name_in(self, start: int, end: int) -> list[tuple[int, int]]:
        """Names of people in a run of capitalised words: full ones, else known short forms."""
        full = people_in(self.cast, start, end)
        if full:
            return full
        owned = re.search(r"[a-z]['’]s? $", self.cast.text[max(0, start - 4) : start])
        leading = re.match(r"[A-Z][\w-]+['’]s? (?=[A-Z][\w-]+ [A-Z])", self.cast.text[start:end])
        if leading:  # "Labour's Tui Vekk"
            owned, start = leading, start + leading.end()
        run = self.cast.text[start:end]
        if owned and 2 <= len(run.split()) <= 4 and not is_organisation(run) and self.cast.known(run) is None:
            return [(start, end)]  # "the harbour union's Tui Vekk"
        phrase = self.cast.text[start:end]
        for low, piece in pieces(phrase, start):
            actor = self.cast.known(piece)
            if actor is not None and actor.kind == "person" and not only_titles(piece):
                return [(low, low + len(piece))]
        words_ = without_genitive(phrase).split()
        if (
            len(words_) >= 2
            and words_[-2].rstrip(".").lower() in words("titles", "role_nouns")
            and words_[-1].rstrip(".").lower() not in words("titles", "role_nouns", "organisation_nouns")
        ):
            low = start + phrase.rindex(words_[-1])
            return [(low, low + len(words_[-1]))]
        plain = (
            words_[0].rstrip(".").lower() not in words("titles", "role_nouns", "organisation_nouns")
            and len(words_[0]) > 2
        )
        if (
            len(words_) == 1
            and plain
            and role_before(self.cast.text[max(0, start - 30) : start])
            and not self.cast.known(phrase)
            and not self.cast.atlas.lookup(phrase)
        ):
            return [(start, end)]
        return []

    def _learn(self, actor: Actor, start: int, end: int, low: int, high: int) -> None:
        """Take the roles, gender and party of a person from the words around the name."""
        around = f"{self.cast.text[start:low]} {self.cast.text[high:end]}"
        found = {w for w in re.findall(r"[\w-]+", around.lower())}
        actor.roles |= found & words("role_nouns") | ({"_" + fold(around)} if around.strip() else set())
        if not actor.gender:
            before = _OWNED.sub(" ", self.cast.text[start:low])
            lead = set(re.findall(r"[\w-]+", before.lower())) - {"his", "her", "he", "she"}
            tail = set(
                re.findall(
                    r"[\w-]+", re.sub(r"\b(?:his|her)\b", "", self.cast.text[high : high + 40].lower().split(",")[0])
                )
            )
            actor.gender = "m" if lead & words("male") else "f" if lead & words("female") else ""
            del tail
        if actor.party is None:
            actor.party = party_of_person(self.cast, self, actor, start, end, low, high)
            why = actor.why
            if actor.party is None:
                actor.party = party_elsewhere(self.cast, self, actor, low)
            elif is_weak(actor):
                elsewhere = party_elsewhere(self.cast, self, actor, low, strong=True)
                actor.party, actor.why = (elsewhere, actor.why) if elsewhere else (actor.party, why)

    def _definite_person(self, start: int, end: int, source: str) -> Actor | None:
        """ "The minister", "the Finnish president": the person of the text who holds that role."""
        core = core_of(source)
        match = re.match(r"(?:the|this|that)\s+(?:same\s+)?(.*?)(?:\s+(?:himself|herself))?$", core, re.I)
        phrase = match.group(1) if match else core
        head = re.split(PREPOSITION, " " + phrase)[0].strip().split()
        if not head or without_genitive(head[-1].lower()) not in words("role_nouns"):
            return None
        if not match and not (
            core[:1].isupper() and len(core.split()) <= 3 and core.split()[0].lower() not in words("determiners")
        ):
            return None
        holder = self.role_holder(phrase, start, None)
        if holder is not None:
            return holder
        holder = self.named_later(phrase, start, end)
        if holder is not None:
            if holder.party is None:
                holder.party = party_of_description(self.cast, core, start, end, official=True)
            return holder
        earlier = earlier_nameless(self.said, head[-1]) if head[-1].lower() in words("anonymous_nouns") else None
        if earlier is not None:
            return earlier
        if match is None and head[-1].lower() in ("chief",):
            return None
        return Actor(
            phrase,
            "person",
            party=party_of_description(self.cast, core, start, end, official=True),
            start=start,
            roles={head[-1].lower()},
        )

    def _copy(self, start: int, end: int, source: str) -> Actor | None:
        """ "A copy seen by the Observer": the paper that was spoken of last."""
        if not _COPY.match(source):
            return None
        papers = _DRAFT.findall(self.cast.text, max(0, start - _LEAD), start)
        return Actor(fold(papers[-1]), "group", start=start) if papers else None

    def _aged(self, start: int, end: int, source: str) -> Actor | None:
        """ "The 61-year-old veteran": whoever was spoken of last."""
        return self._described_person(start, end, source) if "-year-old" in source else None

    def _described_person(self, start: int, end: int, source: str) -> Actor | None:
        """ "The former hydrologist", "the 61-year-old veteran": whoever was spoken of last."""
        if not (_DESCRIBED.match(source) or _AGED.match(source)) or PREPOSITION.search(" " + core_of(source)):
            return None
        gender = next((g for g in ("male", "female") if source.split()[-1].lower() in words(g)), "")[:1]
        return self.antecedents.best(
            start,
            lambda a: a.kind == "person" and not a.anonymous and not (a.sure and gender and a.gender != gender),
            gender=gender,
        )

    def role_holder(self, phrase: str, start: int, party: str | None) -> Actor | None:
        """The person of the text before `start` who was last said to hold a role, in the words of `phrase`."""
        return earlier_holder(self.cast, phrase, start, self.said[-_MEMORY:], party)

    def named_later(self, phrase: str, start: int, end: int) -> Actor | None:
        """The person whom the text names after it has quoted the holder of a role."""
        found = named_after(self.cast, start, end) or later_holder(self.cast, phrase, start)
        if found is not None:
            found.roles.add("_" + fold(phrase))
        return found

    # ------------------------------------------------------------------------------------- bodies, the nameless

    def _both(self, start: int, end: int, source: str) -> Actor | None:
        """ "Both sides", "neither government": the two sides of the text, where it has just two."""
        match = SIDES.match(core_of(source))
        if match is None:
            return None
        pair = the_two(self.cast, start, [s for s in self.said[-_MEMORY:] if s[0] < start])
        if pair is None:
            return None
        name = f"{match.group('role').lower()} of {pair}" if match.group("role") else pair
        return Actor(name, "group", party=pair, plural=True, start=start)

    def by_head(self, bare: str, start: int) -> Actor | None:
        """The body called by its noun: "the union", "the rebels"."""
        wanted = [fold(w) for w in bare.split()]
        if len(wanted) > 2:
            return None
        fitting = [
            (p, a)
            for p, a in [*self.said[-_MEMORY:], *((low, a) for low, _, a in self.cast.before(start))]
            if a.kind == "organisation"
            and p < start
            and " and the " not in a.name
            and (wanted[-1] in a.roles or wanted[-1].rstrip("s") in a.roles)
            and all(w in key_of(a.name) or w in a.roles for w in wanted)
        ]
        return max(fitting, key=lambda f: f[0])[1] if fitting else None


def _is_anothers(before: str) -> bool:
    """Whether the name after some words is not the speaker's but that of somebody whom the speaker serves."""
    match = _ANOTHERS.match(before)
    return match is not None and match.group("whose").lower() in words("role_nouns")
