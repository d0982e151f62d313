"""Exports of press databases are cut into their articles."""

from pathlib import Path

import pytest

from dragoman.sources import Document, documents
from dragoman.sources.press_exports import cut_export

NEXIS = """
                               1 of 2 DOCUMENTS


                              The Lowmark Review

                            February 8, 2027 Monday
                             Late Edition - Final

Envoy calls talks as rivals
trade terms

BYLINE: By INGRID FALK

SECTION: Section A; Column 1; Foreign Desk; Pg. 1

LENGTH: 34 words

DATELINE: VESSBY

BODY:

   The envoy invited both governments on Monday
to talks on the closed strait.

   They will meet on Thursday, her office said.

URL: https://lowmark.example/1

LOAD-DATE: February 9, 2027

LANGUAGE: ENGLISH

PUBLICATION-TYPE: Newspaper

                  Copyright 2027 The Lowmark Review Company
                              All Rights Reserved

                               2 of 2 DOCUMENTS

                              Harbour Post

                            9 February 2027

HEADLINE: Talks open

LENGTH: 12 words

BODY:
The talks opened on Tuesday, the envoy said.

LOAD-DATE: February 9, 2027
"""
UNI = """Envoy calls talks as rivals trade terms
The Lowmark Review
February 8, 2027 Monday

Copyright 2027 The Lowmark Review Company All Rights Reserved
Section: FOREIGN; Pg. 1
Length: 34 words
Byline: Ingrid Falk
Body

The envoy invited both governments on Monday
to talks on the closed strait.

They will meet on Thursday, her office said.

Load-Date: February 9, 2027
End of Document
Talks open
Harbour Post
February 9, 2027 Tuesday
Length: 9 words
Body
The talks opened on Tuesday, the envoy said.

Load-Date: February 9, 2027
End of Document
"""
FACTIVA = """
Envoy calls talks as rivals trade terms

By Ingrid Falk
34 words
8 February 2027
09:15
The Lowmark Review
LOWREV
English
(c) 2027 The Lowmark Review Company

The envoy invited both governments on Monday to talks on the closed strait.

They will meet on Thursday, her office said.

Document LOWREV0020270208eb280001x

Talks open
12 words
9 February 2027
Harbour Post
HARB
English
Copyright 2027. Harbour Post.

The talks opened on Tuesday, the envoy said.

Document HARB000020270209eb290000a
"""
TAGGED = """
HD
Envoy calls talks as rivals trade terms
BY
By Ingrid Falk
WC
34 words
PD
8 February 2027
SN
The Lowmark Review
SC
LOWREV
LA
English
CY
(c) 2027 The Lowmark Review Company
LP
The envoy invited both governments on Monday to talks on the closed strait.
TD
They will meet on Thursday, her office said.
RE
europe
AN
Document LOWREV0020270208eb280001x

HD Talks open
WC 12 words
PD 9 February 2027
SN Harbour Post
LA English
LP The talks opened on Tuesday, the envoy said.
AN Document HARB000020270209eb290000a
"""


@pytest.mark.parametrize("export", [NEXIS, UNI, FACTIVA, TAGGED], ids=["nexis", "uni", "factiva", "tagged"])
def test_an_export_gives_its_articles(tmp_path: Path, export: str) -> None:
    path = tmp_path / "export.txt"
    path.write_text(export)
    first, second = documents(path)
    assert isinstance(first, Document) and isinstance(second, Document)
    assert first.text == (
        "Envoy calls talks as rivals trade terms\n\nThe envoy invited both governments on Monday to talks on the "
        "closed strait.\n\nThey will meet on Thursday, her office said."
    )
    assert (first.title, first.outlet, first.author, first.published, first.language) == (
        "Envoy calls talks as rivals trade terms", "The Lowmark Review", "Ingrid Falk", "2027-02-08", "en",
    )  # fmt: skip
    assert second.text == "Talks open\n\nThe talks opened on Tuesday, the envoy said."
    assert (second.outlet, second.published, second.author) == ("Harbour Post", "2027-02-09", None)
    assert first.id.startswith("export-") and first.id != second.id


def test_an_article_is_no_export() -> None:
    text = "Ferry talks\n\nDocument 12 of the talks, 34 words long, was signed.\nBody\nEnd of Document"
    assert cut_export(text) is None
