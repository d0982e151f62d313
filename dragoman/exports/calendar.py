"""Deadlines and meetings of a Table -> a calendar file (iCalendar, RFC 5545) that every calendar program reads."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

from dragoman.table import Table


def as_ics(table: Table) -> str:
    """Every deadline and meeting whose day, week or month is known, as all-day events; the rest stays out."""
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("prodid", "-//Dragoman//EN")
    calendar.add("version", "2.0")
    for d in table.deadlines:
        note = "; ".join(f"{m.date} {m.kind}" for m in d.moves)
        _add(calendar, "deadline", d, f"Deadline: {d.what}", f"Set by {d.set_by or 'unknown'}. {note}")
    for m in table.meetings:
        event = _add(
            calendar, "meeting", m, m.name, f"{m.status}" + (f"; waits for {m.waits_for}" if m.waits_for else "")
        )
        if event is not None and m.place:
            event.add("location", m.place)
        if event is not None and m.status == "cancelled":
            event.add("status", "CANCELLED")
    return str(calendar.to_ical().decode("utf-8"))


def _add(calendar: Any, kind: str, item: Any, summary: str, description: str) -> Any:
    from icalendar import Event

    days = covered(item.date, item.precision)
    if days is None:
        return None
    start, end = days
    event = Event()
    event.add("uid", f"{kind}-{item.id}-{start.isoformat()}@dragoman")
    # The stamp must not come from the clock, or the same table would give another file each day.
    event.add("dtstamp", datetime(start.year, start.month, start.day, tzinfo=UTC))
    event.add("dtstart", start)
    event.add("dtend", end)
    event.add("summary", summary)
    event.add("description", description)
    calendar.add_component(event)
    return event


def covered(text: str | None, precision: str) -> tuple[date, date] | None:
    """The half-open range of days that an ISO date covers at its precision; None when it is not known."""
    if not text:
        return None
    parts = text[:10].split("-")
    try:
        if len(parts) == 3:
            start = date(int(parts[0]), int(parts[1]), int(parts[2]))
            return start, start + timedelta(days=7 if precision == "week" else 1)
        if len(parts) == 2:
            start = date(int(parts[0]), int(parts[1]), 1)
            return start, (start + timedelta(days=32)).replace(day=1)
    except (ValueError, OverflowError):
        return None
    return None
