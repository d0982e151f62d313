"""An outlook comes in; plain sentences go out, for the brief and the command line. Facts are found elsewhere."""

from collections.abc import Sequence

from dragoman.analysis.language import ENGLISH, Language, listed, said
from dragoman.analysis.outlook.analysis import Outlook
from dragoman.analysis.outlook.evolution import Move
from dragoman.analysis.outlook.facts import Fact
from dragoman.analysis.outlook.inverse import Inverse
from dragoman.analysis.outlook.solving import Solver

MOVES = ("taking up %(options)s", "dropping %(options)s")
STRENGTH = ("nash", "sseq", "seq", "smr", "gmr")  # narrowest first: what holds by an earlier one holds by the later
MEANING = {
    "nash": "%(state)s could hold: nobody could do better by moving alone (%(concept)s).",
    "sseq": "%(state)s could hold: whoever could do better by moving would be met by a reply in others' own interest, and could not escape it (%(concept)s).",  # noqa: E501
    "seq": "%(state)s could hold: whoever could do better by moving would be met by a reply in others' own interest (%(concept)s).",  # noqa: E501
    "smr": "%(state)s could hold: whoever could do better by moving could be met by a reply that it cannot escape, even if the reply costs the others (%(concept)s).",  # noqa: E501
    "gmr": "%(state)s could hold: whoever could do better by moving could be met by a reply, even if the reply costs the others (%(concept)s).",  # noqa: E501
    "sim": "%(state)s could hold: whoever could do better by moving might be caught by others moving at the same time (%(concept)s).",  # noqa: E501
}


def sentences(outlook: Outlook, *, most: int = 12, language: Language = ENGLISH) -> list[str]:
    """What could hold and why, who would gain by moving from where things stand, and who would answer."""
    told = _outcomes(outlook, most, language)
    told += _where_things_stand(outlook, most, language)
    told += _routes(outlook, most, language)
    return told


def state_words(solver: Solver, ordinal: int, language: Language = ENGLISH) -> str:
    """A state in words: its label, or the options taken in it."""
    conflict = solver.conflict
    decimal = int(solver.space.decimals[ordinal - 1])
    label = conflict.label(decimal)
    if label or conflict.drawn:
        return said(language, "“%(label)s” (state %(number)s)", label=label or conflict.states[decimal], number=ordinal)
    taken = [language.isolated(option.title) for k, option in enumerate(conflict.options) if decimal >> k & 1]
    what = listed(language, taken) or language.gettext("nothing taken up")
    return language.gettext("state %(number)s (%(taken)s)") % {"number": ordinal, "taken": what}


def move_words(solver: Solver, move: Move, language: Language = ENGLISH) -> str:
    """A move in words: what its mover takes up and drops."""
    conflict = solver.conflict
    if conflict.drawn:
        return language.gettext("going to %(state)s") % {"state": state_words(solver, move.target, language)}
    before, after = (int(solver.space.decimals[ordinal - 1]) for ordinal in (move.source, move.target))
    mine = conflict.decision_maker(move.mover).options
    parts = []
    for message, now, then in zip(MOVES, (after, before), (before, after), strict=True):
        chosen = [conflict.options[k].title for k in mine if now >> k & 1 and not then >> k & 1]
        if chosen:
            quoted = listed(language, [f"“{language.isolated(one)}”" for one in chosen])
            parts.append(language.gettext(message) % {"options": quoted})
    return listed(language, parts) or said(language, "going to state %(number)s", number=move.target)


def fact_words(solver: Solver, fact: Fact, language: Language = ENGLISH) -> str:
    """An improvement and its sanction in one sentence."""
    gain = language.gettext("%(party)s would gain by %(move)s, leading to %(state)s") % {
        "party": language.isolated(fact.decision_maker), "move": move_words(solver, fact.move, language),
        "state": state_words(solver, fact.move.target, language),
    }  # fmt: skip
    if fact.reply is None:
        if fact.concept == "nash":
            return f"{gain}."
        return language.gettext("%(gain)s; nothing by %(concept)s deters it.") % {
            "gain": gain, "concept": language.isolated(fact.concept)
        }  # fmt: skip
    replies = [f"{language.isolated(move.mover)} {move_words(solver, move, language)}" for move in fact.reply]
    return language.gettext(
        "%(gain)s, but is deterred by %(replies)s: %(state)s is no better for it than state %(number)s."
    ) % {
        "gain": gain, "replies": _in_turn(language, replies),
        "state": state_words(solver, fact.reply[-1].target, language), "number": fact.state,
    }  # fmt: skip


def route_words(solver: Solver, moves: Sequence[Move], language: Language = ENGLISH) -> str:
    """A sequence of moves in words."""
    steps = [
        language.gettext("%(party)s by %(move)s") % {
            "party": language.isolated(move.mover), "move": move_words(solver, move, language)
        }
        for move in moves
    ]  # fmt: skip
    return language.gettext("; then ").join(steps) or language.gettext("it is where things stand")


def inverse_words(solver: Solver, inverse: Inverse) -> list[str]:
    """The smallest change of preferences in sentences."""
    wanted = state_words(solver, inverse.wanted)
    if inverse.changes is None:
        return [
            f"No change of preferences was found that makes {wanted} hold by {inverse.concept}."
            + ("" if inverse.exact else f" Every change of fewer than {inverse.at_least} pairs was ruled out.")
        ]
    if not inverse.changes:
        return [f"{wanted[0].upper()}{wanted[1:]} holds already by {inverse.concept}."]
    sure = "the fewest" if inverse.exact else f"enough, though {inverse.at_least} might do"
    told = [
        f"For {wanted} to hold by {inverse.concept}, {inverse.pairs} "
        f"{'pair' if inverse.pairs == 1 else 'pairs'} of states would have to change order ({sure})."
    ]
    for change in inverse.changes:
        for better, worse in change.pairs[:8]:
            told.append(
                f"{change.decision_maker} would have to prefer {state_words(solver, better)} to {state_words(solver, worse)}."  # noqa: E501
            )
        if len(change.pairs) > 8:
            told.append(f"{change.decision_maker} would have to change {len(change.pairs) - 8} pairs more.")
    return told


def _outcomes(outlook: Outlook, most: int, language: Language) -> list[str]:
    told: list[str] = []
    seen: set[int] = set()
    near = outlook.evolution.fewest_moves if outlook.evolution else None
    beyond = 0
    for concept in [c for c in STRENGTH if c in outlook.verdicts]:
        fresh = [int(s) for s in outlook.verdicts[concept].equilibria if int(s) not in seen]
        seen |= set(fresh)
        reachable = [s for s in fresh if near is None or s in near]
        beyond += len(fresh) - len(reachable)
        for state in reachable[:most]:
            words = state_words(outlook.solver, state, language)
            told.append(language.gettext(MEANING[concept]) % {"state": _begun(words), "concept": concept})
        if len(reachable) > most:
            told.append(said(language, "%(count)s further states could hold by %(concept)s.",
                             count=f"{len(reachable) - most:,}", concept=concept))  # fmt: skip
    if beyond:
        told.append(language.ngettext(
            "%(num)s state would hold as well, but no moves of the parties lead there from where things stand.",
            "%(num)s states would hold as well, but no moves of the parties lead there from where things stand.",
            beyond,
        ) % {"num": f"{beyond:,}"})  # fmt: skip
    if not told:
        concepts = ", ".join(outlook.verdicts)
        told.append(said(language, "No state holds for everybody by %(concepts)s.", concepts=concepts))
    return told


def _where_things_stand(outlook: Outlook, most: int, language: Language) -> list[str]:
    if outlook.evolution is None:
        return []
    start = outlook.evolution.start
    concept = next((c for c in ("seq", "gmr", "nash") if c in outlook.verdicts), None)
    mine = [fact for fact in outlook.facts if fact.state == start and fact.concept == concept]
    told = [fact_words(outlook.solver, fact, language) for fact in mine[:most]]
    return told or [
        language.gettext("From where things stand, %(state)s, nobody gains by moving alone.")
        % {"state": state_words(outlook.solver, start, language)}
    ]


def _routes(outlook: Outlook, most: int, language: Language) -> list[str]:
    told = []
    routes = [route for route in outlook.evolution.routes if route.moves] if outlook.evolution else []
    for route in routes[:most]:
        state = _begun(state_words(outlook.solver, route.state, language))
        if route.improvements:
            way = route_words(outlook.solver, route.improvements, language)
            told.append(
                language.gettext("%(state)s can be reached with every mover gaining: %(way)s.")
                % {"state": state, "way": way}
            )
        elif route.against:
            first = route.against[0]
            told.append(
                language.gettext("%(state)s needs %(party)s to move against its interest, by %(move)s: %(way)s.")
                % {
                    "state": state, "party": language.isolated(first.mover),
                    "move": move_words(outlook.solver, first, language),
                    "way": route_words(outlook.solver, route.least_against or (), language),
                }
            )  # fmt: skip
    return told


def _begun(words: str) -> str:
    """Words as the beginning of a sentence."""
    return words[:1].upper() + words[1:]


def _in_turn(language: Language, steps: Sequence[str]) -> str:
    """Moves one after another: "a", "a then b", "a, b then c"."""
    if len(steps) < 2:
        return "".join(steps)
    first = language.gettext(", ").join(steps[:-1])
    return language.gettext("%(steps)s then %(last)s") % {"steps": first, "last": steps[-1]}
