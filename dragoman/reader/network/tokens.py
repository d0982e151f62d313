"""Word pieces of words, by the tokenizer that the network was trained with.

In: words. Out: numbers of word pieces. Words are kept once seen, since news repeats itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from dragoman.errors import ReaderError

_KEPT = 200_000  # words; a bound on memory that no single batch of news reaches
_LONGEST = 12  # pieces of one word; longer ones are addresses and noise


class Pieces:
    """Gives the word pieces of words; `classify`, `separate`, `fill` and `unknown` are the numbers of special ones."""

    def __init__(self, path: Path | str) -> None:
        import tokenizers

        try:
            self._tokenizer: Any = tokenizers.Tokenizer.from_file(str(path))
        except Exception as problem:  # the library raises plain Exception for a damaged file
            raise ReaderError(f"no tokenizer ({problem})", where=str(path)) from None
        self._tokenizer.no_padding()
        self._tokenizer.no_truncation()
        special = [self._tokenizer.token_to_id(name) for name in ("[CLS]", "[SEP]", "[PAD]", "[UNK]")]
        if None in special:
            raise ReaderError("a tokenizer without the word pieces of this model", where=str(path))
        self.classify, self.separate, self.fill, self.unknown = special
        self.size = self._tokenizer.get_vocab_size()
        self._known: dict[str, list[int]] = {}

    def __call__(self, words: Sequence[str]) -> list[list[int]]:
        known = self._known
        new = list({word for word in words if word not in known})
        if new:
            if len(known) > _KEPT:
                known = self._known = {}  # another thread may still read the words that were known
                new = list(set(words))
            for word, coded in zip(new, self._tokenizer.encode_batch(new, add_special_tokens=False), strict=True):
                known[word] = coded.ids[:_LONGEST] or [self.unknown]
        return [known[word] for word in words]
