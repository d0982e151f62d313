"""Finds the attributions of one English sentence: for each reporting verb or phrase its source and its content.

In: the tokens of a sentence. Out: attributions as token ranges, outermost first, with how sure the pattern is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from dragoman.reader.rules.phrases_after import phrase_after
from dragoman.reader.rules.subjects_before import subject_before
from dragoman.reader.rules.tokens import Range, Token, is_adverb
from dragoman.reader.rules.verb_groups import Group, groups_of
from dragoman.reader.vocabulary import verb_forms, words

_DASHES = ("—", "–", "--")
_END = ".!?;…"


@dataclass(slots=True)
class Attribution:
    """Token ranges of one attribution; `group` is its verb, None for phrases such as "according to"."""

    source: Range | None
    cue: list[Range]
    content: list[Range]
    confidence: float
    group: Group | None = None
    boundary: int = 0  # where its own words begin, connector included: what stands before belongs to others
    shared: bool = False
    before: list[Range] = field(default_factory=list)


def attributions_of(tokens: Sequence[Token]) -> list[Attribution]:
    """The attributions of one sentence."""
    found: list[Attribution] = []
    last: Attribution | None = None
    for group in groups_of(tokens):
        says = "c" in group.frames or "q" in group.frames
        if (
            not says
            and not group.passive
            and group.form.verb.lemma not in ("quote", "cite")
            and not _after(tokens, group, len(tokens))[1]
        ):
            continue
        attribution = _by_verb(tokens, group, last)
        if attribution is not None and _speaks(tokens, attribution):
            found.append(attribution)
            last = attribution
    found += _by_phrase(tokens, found)
    found.sort(key=lambda a: a.cue[0].low)
    for n, attribution in enumerate(found):
        _give_content(tokens, attribution, found, n)
    return [a for a in found if a.content and _holds_words(tokens, a.content)]


# ------------------------------------------------------------------------------------------- sources and cues


def _by_verb(tokens: Sequence[Token], group: Group, last: Attribution | None) -> Attribution | None:
    if "x" in group.frames:
        return _quoted_as(tokens, group) or (_passive(tokens, group) if group.passive else None)
    if group.passive:
        return _passive(tokens, group)
    cue = Range(group.low, group.high)
    before = tokens[group.low - 1] if group.low else None
    says = "c" in group.frames or "q" in group.frames
    # 1. "…," said the minister
    if (
        before is not None
        and (before.quote or before.text == ",")
        and says
        and group.form.kind in ("past", "s")
        and not group.auxiliary
        and (group.form.verb.lemma not in _TOLD and "q" in group.frames)
    ):
        phrase = phrase_after(tokens, group.high)
        if phrase is not None and tokens[phrase.low].word and not _opens_clause(tokens, phrase):
            return Attribution(phrase, [cue], [], 0.9, group, group.low)
    # 2. ", saying that …", "and refers only to …": the subject before
    if (
        before is not None
        and (
            (group.form.kind == "ing" and not group.auxiliary)
            or before.low in ("and", "but", "or", "then")
            or (before.text == "," and last is not None)
        )
        and (
            group.form.kind != "ing"
            or group.auxiliary
            or "c" in group.frames
            or "o" in group.frames
            or "a" in group.frames
        )
    ):
        source = last.source if last is not None else _first_phrase(tokens, group.low)
        if before.text == "," and last is not None and group.form.kind != "ing":
            inserted = subject_before(tokens, group.low)
            if inserted is not None and inserted.low > (last.cue[-1].high if last.cue else 0):
                return Attribution(inserted, [cue], [], 0.75, group, _boundary(tokens, inserted.low))
        if source is not None:
            return Attribution(source, [cue], [], 0.7, group, _boundary(tokens, group.low), shared=True)
        return None
    # 3. the minister said
    source = subject_before(tokens, group.low)
    if source is None:
        source = _antecedent(tokens, group) if says or not group.negated else None
        if source is None:
            return None
        return Attribution(source, [cue], [], 0.45, group, _boundary(tokens, source.low))
    return Attribution(source, [cue], [], 0.8, group, _boundary(tokens, source.low))


def _speaks(tokens: Sequence[Token], a: Attribution) -> bool:
    """Whether somebody is said to speak: not "nobody", not "you", and not only "if" or "once" somebody does."""
    if a.source is None:
        return True
    inner = tokens[a.source.low + 1 : a.source.high]
    if any(t.low in ("after", "before", "until") for t in inner) and not any(
        t.text == "," or t.low == "who" for t in inner
    ):
        return False
    first, last = tokens[a.source.low], tokens[a.source.high - 1]
    if last.low in ("nobody", "you", "there", "which", "what") or first.low in ("nobody", "no", "what", "as"):
        return a.source.high - a.source.low > 2 and first.low == "no"
    before = tokens[a.source.low - 1].low if a.source.low else ""
    inverted = a.group is not None and a.source.low >= a.group.high
    return inverted or before not in _HYPOTHETICAL


_HYPOTHETICAL = frozenset(
    ("if", "unless", "until", "once", "when", "provided", "before", "after", "whether", "till", "whenever", "providing")
)
_SILENT = frozenset(("comment", "elaborate", "answer", "speak", "respond"))
_TOLD = frozenset(("tell", "assure", "inform", "remind", "notify"))


def _opens_clause(tokens: Sequence[Token], phrase: Range) -> bool:
    after = tokens[phrase.high] if phrase.high < len(tokens) else None
    if (
        tokens[phrase.low].low in ("that", "whether", "how", "not", "only", "exactly", "no", "yes", "nothing", "so")
        or is_adverb(tokens[phrase.low])
        or tokens[phrase.low].text[:1].isdigit()
    ):
        return True
    return after is not None and (
        after.low in words("auxiliaries") or any(f.kind in ("s", "past") for f in verb_forms().get(after.low, ()))
    )


def _boundary(tokens: Sequence[Token], low: int) -> int:
    """The first token of the connector before `low` (", though the president")."""
    while low > 0 and (
        tokens[low - 1].low
        in ("and", "but", "though", "although", "while", "whereas", "as", "yet", "or", "then", "so", "when", "where")
    ):
        low -= 1
    while low > 0 and (tokens[low - 1].text in (",", ";", *_DASHES)):
        low -= 1
    return low


def _quoted_as(tokens: Sequence[Token], group: Group) -> Attribution | None:
    """ "It quoted the ministry as saying", "the agency quoted him as saying" """
    if group.passive or group.form.verb.lemma not in ("quote", "cite"):
        return None
    for i in range(group.high, min(len(tokens) - 1, group.high + 16)):
        if tokens[i].low == "as" and tokens[i + 1].low in ("saying", "telling", "giving"):
            source = Range(group.high, i)
            if source.low == source.high:
                return None
            attribution = Attribution(
                source, [Range(group.low, group.high), Range(i, i + 2)], [], 0.8, group, group.low
            )
            rest = _strip(tokens, Range(i + 2, len(tokens)))
            if rest is not None:
                attribution.content = [rest]
            else:
                quote = next((n for n in range(group.low - 1, -1, -1) if tokens[n].quote), None)
                ahead = (
                    Range(quote, quote + 1) if quote is not None else _strip(tokens, Range(0, max(0, group.low - 2)))
                )
                attribution.content = [ahead] if ahead is not None else []
            return attribution
    return None


def _passive(tokens: Sequence[Token], group: Group) -> Attribution | None:
    """ "The plan was rejected by the union"; "X is quoted as saying" """
    after = [t.low for t in tokens[group.high : group.high + 3]]
    lemma = group.form.verb.lemma
    if (lemma == "quote" and after[:2] in (["as", "saying"], ["as", "telling"])) or (
        lemma == "report" and after[:3] in (["to", "have", "said"], ["as", "saying"])
    ):
        source = subject_before(tokens, group.low)
        high = group.high + (3 if after[0] == "to" else 2)
        return (
            Attribution(source, [Range(group.low, high)], [], 0.75, group, _boundary(tokens, source.low))
            if source
            else None
        )
    if after[:1] == ["by"] and "o" in group.frames:
        source = phrase_after(tokens, group.high + 1)
        content = subject_before(tokens, group.low)
        if source is not None and content is not None:
            return Attribution(source, [Range(group.low, group.high)], [content], 0.5, group, content.low)
    return None


def _antecedent(tokens: Sequence[Token], group: Group) -> Range | None:
    """The noun phrase that a "who" before the group stands for."""
    k = group.low - 1
    if k < 1 or tokens[k].low != "who":
        return None
    return subject_before(tokens, k - 1 if tokens[k - 1].text == "," else k)


def _first_phrase(tokens: Sequence[Token], end: int) -> Range | None:
    """The subject of the clause before token `end`: its first noun phrase."""
    for i in range(1, end):
        if tokens[i].low in words("auxiliaries") or (
            tokens[i].low.endswith("ed") and not tokens[i].capital and tokens[i].low not in ("united",)
        ):
            phrase = subject_before(tokens, i)
            return phrase if phrase is not None and phrase.low <= 6 else None
    return None


_PHRASES = (
    ("according", "to"),
    ("in", "the", "words", "of"),
    ("in", "the", "view", "of"),
    ("in", "the", "opinion", "of"),
)


def _by_phrase(tokens: Sequence[Token], verbs: Sequence[Attribution]) -> list[Attribution]:
    found = []
    low = [t.low for t in tokens]
    for i in range(len(tokens)):
        for phrase in _PHRASES:
            if tuple(low[i : i + len(phrase)]) == phrase:
                start = i + len(phrase)
                source = phrase_after(tokens, start, clause=i <= 1)
                if source is not None:
                    found.append(Attribution(source, [Range(i, start)], [], 0.85, None, i))
    return found


# ---------------------------------------------------------------------------------------------------- contents


def _give_content(tokens: Sequence[Token], this: Attribution, found: Sequence[Attribution], n: int) -> None:
    if this.content:
        return
    end = _clause_end(tokens, this, found, n)
    if this.group is None:
        this.content = _phrase_content(tokens, this, found, end)
        return
    start, sure = _after(tokens, this.group, end)
    inverted = this.source is not None and this.source.low >= this.group.high
    if inverted:
        assert this.source is not None
        start, sure = this.source.high, 0.0
        start = _skip_adverbials(tokens, start, end)
    if 0 < sure <= 0.65:
        end = _object_end(tokens, start, end, this.group)
    rest = _strip(tokens, Range(start, end))
    says = "c" in this.group.frames or "q" in this.group.frames
    head = this.source.low if this.source is not None and not inverted and not this.shared else this.group.low
    ahead = _ahead(tokens, head, found, n) if says and not (this.shared and this.group.form.kind == "ing") else None
    broken = (start < end and tokens[start].text in (",", *_DASHES)) or (inverted and rest is not None)
    post = rest if rest is not None and (sure > 0 or broken) else None
    if inverted and rest is not None and not (tokens[rest.low].quote or tokens[start].text == ","):
        post = None
    if broken and ahead is None:
        post = None if not sure else post
    if ahead is not None and (broken or post is None or inverted):
        this.content = [ahead] + ([post] if post is not None and _goes_on(tokens, post) else [])
        this.confidence = 0.9 if tokens[ahead.high - 1].quote or tokens[ahead.high - 2].quote else 0.8
    elif post is not None:
        this.content = [post]
        this.confidence = min(this.confidence, sure) if this.shared else sure
    if this.group.negated and this.group.form.verb.lemma in ("comment", "respond", "reply", "answer"):
        this.content = []


def _object_end(tokens: Sequence[Token], start: int, end: int, group: Group) -> int:
    """Where an object ends: before a comma that something new follows, after the words that somebody is called."""
    verb = group.form.verb
    if verb.particle and tokens[group.high - 1].low != verb.particle.split()[-1]:  # "ruled that out"
        return next((i for i in range(start + 1, end) if tokens[i].low == verb.particle), end)
    if verb.lemma in ("call", "describe", "brand", "label", "dub", "term"):
        quote = next((i for i in range(start, end) if tokens[i].quote), None)
        if quote is not None:
            return quote + 1
    if (
        tokens[start].low in ("this", "it", "that")
        and start + 1 < end
        and tokens[start + 1].low in ("to", "on", "in", "at")
    ):
        return start + 1
    for i in range(start + 1, end - 1):
        if tokens[i].text == "," and tokens[i + 1].low in (
            "then",
            "but",
            "though",
            "although",
            "while",
            "whereas",
            "after",
            "which",
            "who",
            "yet",
            "before",
            "as",
            "because",
            "so",
            "when",
            "with",
            "if",
            "saying",
        ):
            return i
    return end


def _goes_on(tokens: Sequence[Token], post: Range) -> bool:
    """Whether the words after "…, he said," belong to what is said."""
    first = tokens[post.low]
    return (
        first.quote
        or not (
            first.low.endswith("ing") or first.low in ("in", "on", "at", "after", "when", "as", "a", "the", "which")
        )
        or any(t.quote for t in tokens[post.low : post.high])
    )


def _clause_end(tokens: Sequence[Token], this: Attribution, found: Sequence[Attribution], n: int) -> int:
    """Where what follows the cue must end: the next attribution that is not nested, or the sentence's end."""
    own = max(r.high for r in (*this.cue, *([this.source] if this.source is not None else [])))
    for other in found[n + 1 :]:
        if other.boundary <= own - 1 and not other.shared:
            continue
        if other.group is not None and not other.shared and other.source is not None:
            at = other.boundary
            if at >= own and at < other.source.low and tokens[at].text in (",", ";", *_DASHES):
                return at
            if (
                at >= own
                and other.source.low > at
                and tokens[at].low in ("but", "though", "although", "while", "whereas")
            ):
                return at
            inverted = other.source.low >= other.group.high
            if inverted or (other.source.low > 0 and tokens[other.source.low - 1].text == "," and _tail(tokens, other)):
                return other.boundary
        elif (other.shared and other.boundary >= own) or (other.group is None and other.boundary >= own):
            return other.boundary
    end = own
    while end < len(tokens):
        t = tokens[end]
        if t.text == ";" and any(o.boundary == end for o in found):
            return end
        end += 1
    return end


def _tail(tokens: Sequence[Token], other: Attribution) -> bool:
    """Whether nothing but adverbials follows the other cue: "…, Voice of America reported." """
    assert other.group is not None
    return not any(t.word for t in tokens[other.group.high :]) or len(tokens) - other.group.high <= 3


def _after(tokens: Sequence[Token], group: Group, end: int) -> tuple[int, float]:
    """Where the content after the cue begins, and how sure that is; 0.0 when nothing that fits follows."""
    i, frames, verb = group.high, group.frames, group.form.verb
    if verb.lemma in ("quote", "cite"):
        return i, 0.0
    if i >= end:
        return i, 0.0
    if verb.particle and "o" not in frames and "g" not in frames:
        return _clause_start(tokens, i, end)
    if "a" in frames:
        start = _past_addressee(tokens, i, end)
        if start is not None:
            return start, 0.88
        if verb.lemma in _TOLD:
            return i, 0.0
    while i + 1 < end and is_adverb(tokens[i]) and tokens[i + 1].low in verb.prepositions:
        i += 1
    first = tokens[i]
    if first.low == "to" and verb.lemma in ("decline", "refuse") and tokens[min(i + 1, end - 1)].low in _SILENT:
        return i, 0.0
    if first.low == "to" and ("t" in frames) and i + 1 < end and tokens[i + 1].low not in words("determiners"):
        return i, 0.75
    if first.low in verb.prepositions:
        return i + 1, 0.7
    if "t" in frames and "c" not in frames:
        later = next((j for j in range(i, min(end, i + 8)) if tokens[j].low == "to"), None)
        if (
            later is not None
            and later + 1 < end
            and (_skip_adverbials(tokens, i, end) == later or (first.text == "," and tokens[later - 1].text == ","))
        ):
            return later, 0.7
    if first.quote and ("q" in frames or "o" in frames):
        return i, 0.9
    if first.text == ":" and "q" in frames:
        return i + 1, 0.9
    if "c" in frames or "q" in frames:
        start, sure = _clause_start(tokens, i, end)
        if sure and ("c" in frames or tokens[start].quote) and ("o" not in frames or sure > 0.8):
            return start, sure
    if "n" in frames:
        numbered = first.text[:1].isdigit() or any(t.text[:1].isdigit() for t in tokens[i : min(end, i + 12)])
        if numbered and first.low not in words("prepositions") and "c" not in frames:
            return i, 0.55
        return i, 0.0
    if "v" in frames:
        at = next((j for j in range(i, min(end, i + 20)) if tokens[j].low == "at"), None)
        return (
            (i, 0.75)
            if at is not None
            and any(t.text[:1].isdigit() or t.quote or t.low in words("determiners") for t in tokens[at + 1 : at + 5])
            else (i, 0.0)
        )
    if "o" in frames and (_is_object(tokens, i) or (first.low == "that" and "c" not in frames)):
        return i, 0.65 if "c" not in frames else 0.6
    if "g" in frames and first.low.endswith("ing"):
        return i, 0.65
    if "k" in frames and any(t.low == "to" for t in tokens[i + 1 : min(end, i + 12)]) and _is_object(tokens, i):
        return i, 0.65
    return i, 0.0


def _is_object(tokens: Sequence[Token], i: int) -> bool:
    first = tokens[i]
    if first.quote:
        return True
    return (
        first.word
        and first.low not in words("prepositions")
        and first.low not in words("auxiliaries")
        and first.low
        not in (
            "and",
            "but",
            "or",
            "when",
            "while",
            "if",
            "because",
            "that",
            "to",
            "out",
            "up",
            "down",
            "back",
            "away",
            "so",
            "yesterday",
            "today",
            "as",
        )
    ) or (
        first.low == "that"
        and (i + 1 >= len(tokens) or not tokens[i + 1].word or tokens[i + 1].low in ("as", "and", "on"))
    )


def _past_addressee(tokens: Sequence[Token], i: int, end: int) -> int | None:
    """Where the content begins after "told reporters in Vienna that", "told Radio Eko it has"."""
    for j in range(i, min(end, i + 22)):
        t = tokens[j]
        if t.low == "that" or t.quote or (t.low == "to" and j > i and tokens[j - 1].low not in ("next", "close", "on")):
            return j
        if t.text == ":":
            return j + 1
        if t.text in ".;":
            return None
        if (
            j > i
            and (t.low in words("personal") or t.low in ("there", "no", "nobody"))
            and tokens[j - 1].low not in words("prepositions")
        ):
            return j
        if (
            j > i
            and t.low in words("determiners")
            and t.low not in ("his", "her", "its", "their")
            and tokens[j - 1].low not in words("prepositions")
            and (tokens[j - 1].word)
            and tokens[j - 1].low not in words("determiners")
        ):
            return j
        if j > i and tokens[j - 1].word and (t.low in words("auxiliaries")):
            return None
    return None


def _clause_start(tokens: Sequence[Token], i: int, end: int) -> tuple[int, float]:
    """Where the clause or quotation after a verb of saying begins, past adverbials."""
    verb_is_noun = tokens[i - 1].low in ("states", "posts", "notes", "reports", "counts", "comments", "remarks")
    if i < end and (tokens[i].low == "that" or tokens[i].quote):
        return i, 0.9
    j = _skip_adverbials(tokens, i, end)
    if j >= end:
        return j, 0.0
    t = tokens[j]
    if t.low == "that" or t.quote:
        return j, 0.88
    if t.text == ":":
        return j + 1, 0.88
    if t.text == ",":
        later = next((k for k in range(j + 1, min(end, j + 16)) if tokens[k].low == "that" or tokens[k].quote), None)
        if later is not None and tokens[later - 1].text == ",":
            return later, 0.85
        return j, 0.0
    if not t.word or t.low in ("and", "but", "or") or (verb_is_noun and not t.capital):
        return j, 0.0
    if t.low in ("about", "against", "to", "by", "with", "through", "from", "of", "for") and j == i:
        return j, 0.0
    if t.low in ("whether", "how", "what", "why", "when", "where", "who", "which", "if"):
        return j, 0.8
    has_verb = any(x.low in words("auxiliaries") or x.low.endswith(("ed", "s")) for x in tokens[j:end])
    return (j, 0.85) if has_verb else (j, 0.5 if end - j >= 1 else 0.0)


def _skip_adverbials(tokens: Sequence[Token], i: int, end: int) -> int:
    """Past "on Tuesday", "in a statement", "to reporters", "yesterday" to what is said."""
    j = i
    while j < end:
        t = tokens[j]
        if (
            (t.low in words("time_words") and not t.capital)
            or t.low in words("days")
            or t.low in ("yesterday", "today", "too", "again", "aloud", "here", "only", "also")
        ):
            j += 1
            continue
        if t.low in (
            "on",
            "in",
            "at",
            "to",
            "after",
            "before",
            "during",
            "through",
            "via",
            "by",
            "from",
            "over",
            "late",
            "early",
        ):
            k = j + 1
            while (
                k < end
                and k - j < 9
                and tokens[k].word
                and tokens[k].low not in words("auxiliaries", "personal")
                and tokens[k].low not in ("that", "there")
            ):
                if (
                    k > j + 1
                    and tokens[k].low in words("determiners")
                    and tokens[k - 1].low not in words("prepositions")
                    and tokens[k - 1].low not in words("determiners")
                ):
                    break
                k += 1
            if k < end and tokens[k].low in words("auxiliaries"):
                return j
            if (
                k >= end
                or tokens[k].low == "that"
                or tokens[k].quote
                or tokens[k].text in ",:.;"
                or tokens[k].low in words("determiners", "personal")
            ):
                j = k
                continue
        break
    return j


def _ahead(tokens: Sequence[Token], head: int, found: Sequence[Attribution], n: int) -> Range | None:
    """What stands before a source or an inverted verb, when that is what is said: "…, the minister" """
    if head < 1:
        return None
    last = tokens[head - 1]
    if not (last.text in (",", *_DASHES) or last.quote):
        return None
    start = 0
    for other in found[:n]:
        if other.content and other.group is not None and other.content[-1].high >= head - 1:
            continue
        if other.content and other.content[-1].high <= head:
            start = max(start, other.content[-1].high)
    while start < head and (
        tokens[start].text in (",", ";", *_DASHES) or tokens[start].low in ("and", "but", "while", "though", "yet")
    ):
        start += 1
    for i in range(head - 2, start - 1, -1):
        if tokens[i].text == ";" or (tokens[i].text in "—–" and not tokens[head - 1].quote and i > start + 3):
            start = i + 1
            break
    # a quotation right before the source is all that is said, unless words lead to it
    high = head if last.quote else head - 1
    if high <= start:
        return None
    content = Range(start, high)
    return content if sum(t.word for t in tokens[start:high]) >= 2 or any(t.quote for t in tokens[start:high]) else None


def _phrase_content(tokens: Sequence[Token], this: Attribution, found: Sequence[Attribution], end: int) -> list[Range]:
    assert this.source is not None
    low, high = this.cue[0].low, this.source.high
    before = _strip(tokens, Range(_start_of_clause(tokens, low, found), low))
    after = _strip(tokens, Range(high, end))
    if before is not None and sum(t.word or t.quote for t in tokens[before.low : before.high]) < 1:
        before = None
    if low <= 1 or before is None:
        return [after] if after is not None else []
    if (
        after is not None
        and tokens[high].text == ","
        and tokens[low - 1].text in (",", *_DASHES)
        and _goes_on(tokens, after)
    ):
        return [before, after]
    return [before]


def _start_of_clause(tokens: Sequence[Token], end: int, found: Sequence[Attribution]) -> int:
    for i in range(end - 2, -1, -1):
        if tokens[i].text == ";":
            return i + 1
    return 0


def _strip(tokens: Sequence[Token], piece: Range) -> Range | None:
    low, high = piece
    while low < high and (not (tokens[low].word or tokens[low].quote) and tokens[low].text not in "($€£«"):
        low += 1
    if low < high and tokens[low].low in ("and", "but") and high - low > 1:
        low += 1
    while high > low and not (tokens[high - 1].word or tokens[high - 1].quote or tokens[high - 1].text in "%)"):
        high -= 1
    return Range(low, high) if low < high else None


def _holds_words(tokens: Sequence[Token], content: Sequence[Range]) -> bool:
    return any(t.word or t.quote for r in content for t in tokens[r.low : r.high])
