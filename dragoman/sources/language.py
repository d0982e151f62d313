"""Names the language of a text: by its letters where they suffice, else by a statistical model.

In: clean text. Out: a BCP 47 primary tag such as "en", or None where a text is too short to tell.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from functools import cache
from importlib import resources
from typing import Any

_SAMPLE = 4000
_ENOUGH = 60  # letters: below, the model guesses more than it knows
_SURE = 0.9
# Scripts that one written language of the news uses, or that one language uses far more than others.
_SCRIPTS = (
    ("he", "\u0590-\u05ff"), ("el", "\u0370-\u03ff"), ("hy", "\u0530-\u058f"), ("ka", "\u10a0-\u10ff"),
    ("th", "\u0e00-\u0e7f"), ("ko", "\uac00-\ud7af\u1100-\u11ff"), ("ja", "\u3040-\u30ff"), ("ta", "\u0b80-\u0bff"),
    ("te", "\u0c00-\u0c7f"), ("bn", "\u0980-\u09ff"), ("gu", "\u0a80-\u0aff"), ("pa", "\u0a00-\u0a7f"),
    ("ml", "\u0d00-\u0d7f"), ("km", "\u1780-\u17ff"), ("my", "\u1000-\u109f"), ("am", "\u1200-\u137f"),
    ("zh", "\u3400-\u9fff"),
)  # fmt: skip
_ARABIC = re.compile("[\u0600-\u06ff]")
_CYRILLIC = re.compile("[\u0400-\u04ff]")
# Letters that tell languages of one script apart.
_ARABIC_KIN = (("ur", "ٹڈڑںےھ"), ("ps", "ټډړښځڅۍې"), ("ckb", "ڕڵۆێ"), ("fa", "پچژگکی"))
_CYRILLIC_KIN = (("uk", "їєґ"), ("be", "ў"), ("sr", "јљњћђџ"), ("mk", "ѓќѕ"), ("kk", "әқңғұһ"))


def language_of(text: str) -> str | None:
    """The language of `text`."""
    sample = text[:_SAMPLE]
    letters = [c for c in sample if c.isalpha()]
    if not letters:
        return None
    for tag, letters_of in _SCRIPTS:
        found = len(re.findall(f"[{letters_of}]", sample))
        if found > (0.15 if tag == "ja" else 0.4) * len(letters):
            return tag
    if len(_ARABIC.findall(sample)) > 0.5 * len(letters):
        return _kin(letters, _ARABIC_KIN, "ar")
    cyrillic = len(_CYRILLIC.findall(sample)) > 0.5 * len(letters)
    if cyrillic and (kin := _kin(letters, _CYRILLIC_KIN, "ru")) != "ru":
        return kin
    if not cyrillic and len(letters) >= _ENOUGH and _is_plainly_english(sample):
        return "en"
    tag, probability = _identifier().classify(sample)
    if len(letters) >= _ENOUGH or probability >= _SURE:
        return str(tag)
    return "ru" if cyrillic else None


def _kin(letters: list[str], kin: tuple[tuple[str, str], ...], usual: str) -> str:
    counts = Counter(letters)
    for tag, own in kin:
        if sum(counts[c] for c in own) > 0.02 * len(letters):
            return tag
    return usual


def _is_plainly_english(sample: str) -> bool:
    """Whether a text has the words that only English has so often; this spares most runs the start of the model."""
    words = re.findall(r"[^\W\d_]+", sample.lower())
    counts = Counter(words)
    common = sum(counts[word] for word in _common_words())
    own = all(counts[word] for word in ("the", "of", "to")) and counts["the"] >= 0.02 * len(words)
    return own and common >= 0.28 * len(words)


@cache
def _common_words() -> frozenset[str]:
    data = json.loads(resources.files(__package__).joinpath("data", "common_words.json").read_text("utf-8"))
    return frozenset(data["en"])


@cache
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
