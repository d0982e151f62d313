"""When two words, names, dates or quantities of two readings count as the same.

In: values of a gold and of a predicted reading. Out: yes or no, or how much they overlap. The rules are those of the
reading format's scorer, so that figures stay comparable.
"""

from __future__ import annotations

import difflib
import json
import re
import unicodedata
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from importlib import resources
from typing import Any

FOUND = 0.5  # the least overlap that counts as found
_TOLERANCE = 0.005  # of a quantity
_TOKEN = re.compile(r"â€.?|(?:(?!â€)\w)+|[^\w\s]")

Item = Mapping[str, Any]


@cache
def _data() -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(
        resources.files("dragoman.reader.training").joinpath("comparing.json").read_text("utf-8")
    )
    return loaded


def plain(text: object) -> str:
    """Lower case without diacritics, mis-encoded marks or possessive endings."""
    words = str(text or "")
    for wrong, right in _data()["mis_encoded"].items():
        words = words.replace(wrong, right)
    words = unicodedata.normalize("NFKD", words)
    words = "".join(c for c in words if not unicodedata.combining(c)).casefold()
    words = words.translate(str.maketrans(_data()["letters"]))
    return re.sub(r"['’]s\b", "", words)


@cache
def name_key(name: str) -> str:
    """A name reduced to what counts: "Mr. Riyād Hijab's" is "riyad hijab"."""
    key = " ".join(re.sub(r"[^\w]+", " ", re.sub(r"[.'’`]", "", plain(name))).split())
    titles = _titles()
    shorter = titles.sub("", key)
    while shorter != key:
        key, shorter = shorter, titles.sub("", shorter)
    return key


@cache
def _titles() -> re.Pattern[str]:
    ordered = sorted(_data()["titles"], key=len, reverse=True)
    return re.compile(rf"^(?:{'|'.join(map(re.escape, ordered))}) (?=\S)")


def stem(word: str) -> str:
    """A word without its English ending, roughly: enough to compare "dropped" with "drops"."""
    for ending, left in (("ing", 3), ("ed", 3), ("es", 4), ("s", 3)):
        if word.endswith(ending) and len(word) - len(ending) >= left and not word.endswith("ss"):
            word = word[: -len(ending)]
            break
    word = re.sub(r"y$", "i", word).rstrip("e") if len(word) > 3 else word
    return re.sub(r"([^\d])\1$", r"\1", word)


@cache
def word_set(text: str) -> frozenset[str]:
    """The words of a value that count in an overlap, without endings and stop words."""
    text = plain(text)
    for symbol, word in _data()["symbols"]:
        text = re.sub(symbol, word, text)
    words = re.findall(r"[^\W_]+", text)
    stop = _data()["stop_words"]
    return frozenset(stem(w) for w in words if w not in stop) or frozenset(stem(w) for w in words)


def f1_of_sets(gold: Iterable[Any], predicted: Iterable[Any]) -> float:
    """2|A and B| / (|A| + |B|); 1 where both are empty."""
    a, b = frozenset(gold), frozenset(predicted)
    return 2 * len(a & b) / (len(a) + len(b)) if a or b else 1.0


class Names:
    """Compares names within one gold document: by its aliases, and by last names that are unambiguous in it."""

    def __init__(self, reading: Item) -> None:
        self._canonical: dict[str, str] = {}
        for table in (_data()["usual_aliases"], reading.get("aliases") or {}):
            for name, others in table.items():
                for other in [name, *others]:
                    self._canonical[name_key(other)] = name_key(name)
        self._owners: dict[str, set[str]] = defaultdict(set)  # last name -> full names that end in it
        for name in _full_names(reading):
            if name:
                key = self.key(name)
                self._owners[key.split()[-1] if key else ""].add(key)

    def key(self, name: str) -> str:
        """What the name is compared by."""
        key = name_key(name)
        return self._canonical.get(key, key)

    def same(self, gold: str | None, predicted: str | None, last_name: bool = False) -> bool:
        """Whether two names are the same; None equals None only."""
        if not gold or not predicted:
            return not gold and not predicted
        gold, predicted = self.key(gold), self.key(predicted)
        if gold == predicted:
            return True
        if not last_name or not gold or not predicted:
            return False
        longer, shorter = sorted((gold.split(), predicted.split()), key=len, reverse=True)
        last = longer[-1]
        ends_alike = longer[-len(shorter) :] == shorter and last not in _data()["organisation_words"]
        return ends_alike and len(self._owners[last] - {shorter[-1]}) <= 1


def _full_names(reading: Item) -> Iterator[str | None]:
    for statement in reading.get("statements") or []:
        yield (statement.get("speaker") or {}).get("name")
    for meeting in reading.get("meetings") or []:
        yield from meeting.get("chairs") or []
        yield from meeting.get("participants") or []
    for relation in reading.get("relations") or []:
        yield relation.get("from")
        yield relation.get("to")


class SpanMap:
    """Spans of a gold and a predicted reading as sets of gold words that can be compared, though the texts differ."""

    def __init__(self, gold_text: str, predicted_text: str) -> None:
        self.gold = _tokens(gold_text)
        self.predicted = self.gold if predicted_text == gold_text else _tokens(predicted_text)
        if self.predicted is self.gold:
            self.to_gold = {i: i for i in range(len(self.gold))}
        else:
            forms = [[t[2] for t in side] for side in (self.gold, self.predicted)]
            blocks = difflib.SequenceMatcher(None, *forms, autojunk=False).get_matching_blocks()
            self.to_gold = {b + k: a + k for a, b, size in blocks for k in range(size)}

    def gold_words(self, spans: Sequence[Sequence[int]] | None) -> set[int]:
        """The words that gold spans touch."""
        return set(_touched(self.gold, spans))

    def predicted_words(self, spans: Sequence[Sequence[int]] | None) -> set[int]:
        """The gold words of predicted spans; a word without counterpart gets a negative number of its own."""
        return {self.to_gold.get(i, -1 - i) for i in _touched(self.predicted, spans)}

    def text_counts(self) -> tuple[int, int, int]:
        """Words right, words of the predicted text, words of the gold text."""
        gold = sum(_is_word(t[2]) for t in self.gold)
        predicted = sum(_is_word(t[2]) for t in self.predicted)
        return sum(_is_word(self.predicted[i][2]) for i in self.to_gold), predicted, gold


def _tokens(text: str) -> list[tuple[int, int, str]]:
    return [(m.start(), m.end(), plain(m.group())) for m in _TOKEN.finditer(text)]


def _is_word(form: str) -> bool:
    return any(c.isalnum() for c in form) and not form.startswith("â€")


def _touched(tokens: list[tuple[int, int, str]], spans: Sequence[Sequence[int]] | None) -> Iterator[int]:
    for span in spans or []:
        first = bisect_right(tokens, span[0], key=lambda token: token[1])
        for i in range(first, len(tokens)):
            start, end, form = tokens[i]
            if start >= span[1]:
                break
            if end > span[0] and _is_word(form):
                yield i


# ------------------------------------------------------------------------------------------------ fields of items


def accepted(item: Item, name: str) -> list[Any]:
    """The values of a gold field: its own and those that are as good."""
    return [item.get(name), *((item.get("accept") or {}).get(name) or [])]


def same_name(names: Names, gold: Item, predicted: Item, name: str) -> bool:
    """Whether a field that names somebody is right; a last name may stand for the whole."""
    return any(names.same(value, predicted.get(name), True) for value in accepted(gold, name))


def best_overlap(gold: Item, predicted: Item, name: str) -> float:
    """The overlap of a field's words with the nearest of the accepted values."""
    found = predicted.get(name)
    return max(
        f1_of_sets(word_set(str(value)), word_set(str(found))) if value and found else 0.0
        for value in accepted(gold, name)
    )


def enough(overlap: float) -> float:
    """An overlap, or 0 where it is too small to count."""
    return overlap if overlap >= FOUND else 0.0


def same_date(gold: Item, predicted: Item) -> bool:
    """Whether two dates are the same at the precision of the gold one; none equals none."""
    length = {"year": 4, "month": 7, "day": 10}.get(str(gold.get("precision")))
    found = predicted.get("date") or None
    return any(
        (date is None and found is None) if date is None or found is None else str(date)[:length] == str(found)[:length]
        for date in accepted(gold, "date")
    )


def same_quantity(gold: Item, predicted: Item) -> bool:
    """Whether two quantities differ by half a percent at most; none equals none."""
    try:
        found = None if predicted.get("quantity") is None else float(predicted["quantity"])
    except (TypeError, ValueError):
        return False
    return any(
        (wanted is None and found is None) if wanted is None or found is None
        else abs(wanted - found) <= _TOLERANCE * abs(wanted)
        for wanted in accepted(gold, "quantity")
    )  # fmt: skip


def pairs(gold: Sequence[Any], predicted: Sequence[Any], overlap: Callable[[Any, Any], Any]) -> list[tuple[int, int]]:
    """One-to-one pairs, best overlap first; 0 forbids a pair. A tuple's further members break ties."""
    candidates = []
    for g, gold_item in enumerate(gold):
        for p, predicted_item in enumerate(predicted):
            how = overlap(gold_item, predicted_item)
            how = how if isinstance(how, tuple) else (how,)
            if how[0] > 0:
                candidates.append((tuple(-x for x in how), g, p))
    found, used_gold, used_predicted = [], set(), set()
    for _, g, p in sorted(candidates):
        if g not in used_gold and p not in used_predicted:
            found.append((g, p))
            used_gold.add(g)
            used_predicted.add(p)
    return sorted(found)
