"""Labelled lines above a text."""

import pytest

from dragoman.sources.arrivals import Given, from_text
from dragoman.sources.labels import cut_labels

BODY = "The envoy said the ferry talks go on.\n\nNobody else spoke."


def test_a_labelled_head_is_no_text_but_tells_of_it() -> None:
    head = "Title: Ferry talks go on\nOutlet: Harbour Post\nPublished: 12 March 2024\nAuthor: Ana Velt"
    document = from_text(f"{head}\n\n{BODY}", identity="a", where="a.txt", given=Given())
    assert (document.title, document.outlet, document.published, document.author) == (
        "Ferry talks go on", "Harbour Post", "2024-03-12", "Ana Velt",
    )  # fmt: skip
    assert document.text == f"Ferry talks go on\n\n{BODY}"


def test_a_headline_that_stands_there_anyway_stays_single() -> None:
    text = f"Headline: Ferry talks go on\nSource: Harbour Post\n\nFerry talks go on\n\n{BODY}"
    assert cut_labels(text) == (
        {"title": "Ferry talks go on", "outlet": "Harbour Post"}, f"Ferry talks go on\n\n{BODY}",
    )  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        f"Source: no deal in sight\n\n{BODY}",
        f"Envoy: no deal\nMinister: no deal either\n\n{BODY}",
        f"Title: Talks\nDate: 12 March 2024\nThe envoy spoke.\n\n{BODY}",
        "Title: Talks\nDate: 12 March 2024",
        "Title: Talks\nDate: 12 March 2024\n\n \n",
        "",
    ],
)
def test_what_is_no_labelled_head_stays_as_it_is(text: str) -> None:
    assert cut_labels(text) == ({}, text)


def test_a_date_that_is_none_is_passed_over() -> None:
    found, _ = cut_labels(f"Title: Talks\nSource: Harbour Post\nDate: the other day\n\n{BODY}")
    assert found == {"title": "Talks", "outlet": "Harbour Post"}
