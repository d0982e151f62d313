"""How well predicted readings match gold ones, layer by layer.

In: readings as JSON objects. Out: counts, ratios, means and the reliability of confidences. What counts as right is
said in `comparing`, `statement_matches` and `layer_matches`; `docs/quality.md` explains the measures.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from dragoman.reader.training.comparing import Item, Names, SpanMap, accepted, f1_of_sets, pairs
from dragoman.reader.training.layer_matches import APART, OVERLAPS, requirements
from dragoman.reader.training.statement_matches import field_verdicts, same_speaker, statement_overlap, viewed
from dragoman.reader.training.tallies import TABLE_LAYERS, ReadingScores, Slip, Tally


def score(gold: Iterable[Item], predicted: Mapping[str, Item]) -> ReadingScores:
    """Scores of predicted readings by document id; a document without one counts as read and found empty."""
    scores = ReadingScores()
    for reading in gold:
        add(scores, reading, predicted.get(reading["document"]["id"]) or {})
    return scores


def add(scores: ReadingScores, gold: Item, predicted: Item) -> None:
    """Add one document to the scores."""
    identity = gold["document"]["id"]
    names = Names(gold)
    spans = SpanMap(gold["document"]["text"], (predicted.get("document") or {}).get("text") or "")
    right, found, wanted = spans.text_counts()
    scores.text.add(Tally(right, found - right, wanted - right))
    statements = _add_statements(scores, identity, gold, predicted, names, spans)
    table = Tally()
    for layer in TABLE_LAYERS:
        table.add(_add_layer(scores, identity, layer, gold.get(layer) or [], predicted.get(layer) or [], names))
    scores.documents[identity] = (statements, table)


def _add_statements(
    scores: ReadingScores, identity: str, gold: Item, predicted: Item, names: Names, spans: SpanMap
) -> Tally:
    listed = [dict(s, optional=True) if s.get("within") else s for s in gold.get("statements") or []]
    wanted = [viewed(s, spans.gold_words) for s in listed]
    given = [viewed(s, spans.predicted_words) for s in predicted.get("statements") or [] if not s.get("within")]
    matched = pairs(wanted, given, statement_overlap)
    tally = _missed_and_spurious(scores, identity, "statements", matched, [w[0] for w in wanted], [g[0] for g in given])
    right: dict[int, bool | None] = {}
    for g, p in matched:
        (gold_item, gold_words), (item, words) = wanted[g], given[p]
        right[p] = None if gold_item.get("optional") else same_speaker(gold_item, item, names)
        if gold_item.get("optional"):
            continue
        tally.right += 1
        for role in ("source", "content"):
            scores.fields[role].append(f1_of_sets(gold_words[role], words[role]))
        if gold_words["cue"] or words["cue"]:
            scores.fields["cue"].append(float(bool(gold_words["cue"] & words["cue"])))
        for name, verdict in field_verdicts(gold_item, item, names).items():
            if verdict is not None:
                scores.fields[name].append(float(verdict))
            if verdict is False:
                scores.slips.append(Slip(identity, "statements", f"wrong {name}", gold_item, item))
        act = item.get("act")
        scores.acts[str(act if act in accepted(gold_item, "act") else gold_item.get("act")), str(act)] += 1
    for p, (item, _) in enumerate(given):
        verdict = right.get(p, False)
        if item.get("confidence") is not None and verdict is not None:
            scores.confidences.append((float(item["confidence"]), verdict))
    scores.statements.add(tally)
    return tally


def _add_layer(
    scores: ReadingScores, identity: str, layer: str, gold: Sequence[Item], predicted: Sequence[Item], names: Names
) -> Tally:
    matched = pairs(gold, predicted, lambda g, p: OVERLAPS[layer](g, p, names))
    whole = _missed_and_spurious(scores, identity, layer, matched, gold, predicted)
    kept = [(g, p) for g, p in matched if not gold[g].get("optional")]
    whole.right = len(kept)
    for g, p in kept:
        for name, check in APART.get(layer, {}).items():
            verdict = check(gold[g], predicted[p], names)
            if verdict is not None:
                scores.apart[layer, name].append(float(verdict))
                if verdict < 1:
                    scores.slips.append(Slip(identity, layer, f"wrong {name}", gold[g], predicted[p]))
    if layer == "conditions":
        scores.conditions_found.add(whole)
        whole = _all_requirements(gold, predicted, matched, kept)
    scores.layers[layer].add(whole)
    return whole


def _all_requirements(
    gold: Sequence[Item], predicted: Sequence[Item], matched: list[tuple[int, int]], kept: list[tuple[int, int]]
) -> Tally:
    tally = Tally()
    for g, p in kept:
        tally.add(requirements(gold[g], predicted[p]))
    found = {g for g, _ in matched}, {p for _, p in matched}
    for g, item in enumerate(gold):
        if g not in found[0] and not item.get("optional"):
            tally.add(requirements(item, None))
    for p, item in enumerate(predicted):
        if p not in found[1]:
            tally.add(requirements(None, item))
    return tally


def _missed_and_spurious(
    scores: ReadingScores,
    identity: str,
    layer: str,
    matched: list[tuple[int, int]],
    gold: Sequence[Item],
    predicted: Sequence[Item],
) -> Tally:
    tally, found = Tally(), ({g for g, _ in matched}, {p for _, p in matched})
    for g, item in enumerate(gold):
        if g not in found[0] and not item.get("optional"):
            tally.missed += 1
            scores.slips.append(Slip(identity, layer, "missed", gold=item))
    for p, item in enumerate(predicted):
        if p not in found[1]:
            tally.spurious += 1
            scores.slips.append(Slip(identity, layer, "spurious", predicted=item))
    return tally
