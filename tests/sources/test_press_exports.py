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


# ------------------------------------------------------------------------- as the databases write them in the field

# A cover sheet; no mark before the body; the edition below the day; fields of LexisNexis Academic.
ACADEMIC = """



Download Request: Selected Items: 1-2
Time Of Request: Friday, March 20, 2027  16:51:31

Send To:
UNIVERSITY LIBRARY


Terms: (DATE(>=2027-02-01 and <=2027-02-28) and (ferry) and not (TYPE(web)))


Source: The Lowmark Review;Harbour Post
Project ID: None



                               1 of 2 DOCUMENTS



                              The Lowmark Review

                            February 8, 2027 Monday
                                   Edition 1;
                                    Scotland

Envoy calls talks as rivals trade terms

BYLINE: INGRID FALK;Per Holm

SECTION: NEWS; Pg. 3

LENGTH: 34 words


The envoy invited both governments on Monday
to talks on the closed strait.

UPDATE: They will meet on Thursday, her office said.

GRAPHIC: PHOTO: The strait

 Map: the ferry's way

LOAD-DATE: February 9, 2027

LANGUAGE: ENGLISH

PUBLICATION-TYPE: Newspaper

JOURNAL-CODE: LOW


                    Copyright 2027 LOWMARK NEWSPAPERS LTD
                              All Rights Reserved

                               2 of 2 DOCUMENTS


     Copyright 2027 Harbour Interactive Company, LLC d/b/a
                            Harbour Post Digital
                              All Rights Reserved

                                  Harbour Post

                             February 9, 2027 Tuesday
                                Suburban Edition

SECTION: A-SECTION; Pg. A01

LENGTH: 8 words

HEADLINE: Talks open

BODY:

The talks opened on Tuesday, the envoy said.

LANGUAGE: ENGLISH

SUBJECT: FERRIES (90%); STRAITS
(90%)

LOAD-DATE: February 9, 2027
"""
# A German export of the same years.
GERMAN = """
                               Dokument 1 von 1

                                 Hafenpost

                            Dienstag 9. Februar 2027

Gespräche beginnen

AUTOR: Von Ingrid Falk

RUBRIK: POLITIK; S. 2

LÄNGE: 8 Wörter

Die Gesandte sagte, die Gespräche hätten am Dienstag begonnen.

UPDATE: 10. Februar 2027

SPRACHE: German; Deutsch

PUBLICATION-TYPE: Zeitung

                    Copyright 2027 Hafenpost Verlag
                           Alle Rechte vorbehalten
"""
# Nexis Uni with the sheet that stands before the first article, and hard spaces after its labels.
COVERED = """User Name: Ada
Date and Time: Friday, March 19, 2027 3:14:00 PM EDT
Job Number: 123456789

Documents (2)
1. Envoy calls talks as rivals trade terms
Client/Matter: -None-
Search Terms: ferry
Search Type: Terms and Connectors
Narrowed by:
Content Type
News
Narrowed by
Timeline: Feb 01, 2027 to Feb 28, 2027

Envoy calls talks as rivals trade terms

The Lowmark Review

February 8, 2027 Monday 09:15 AM GMT

Late Edition - Final

Copyright 2027 The Lowmark Review Company All Rights Reserved

Section: FOREIGN; Pg. 1

Length: 34 words

Byline: Ingrid Falk

Highlight: Two governments are invited

Body

The envoy invited both governments on Monday to talks on the closed strait.

They will meet on Thursday, her office said.

Graphic

The strait, seen from the ferry

Classification

Language: ENGLISH

Publication-Type: Newspaper

Load-Date: February 9, 2027

End of Document

Talks open

Harbour Post

February 9, 2027 Tuesday

Copyright 2027 Harbour Post

Length: 8 words

Body

The talks opened on Tuesday, the envoy said.

Load-Date: February 9, 2027

End of Document
"""
# Factiva's tags as saved from its page: a space, the tag, a tab; lines of an article that begin with such letters.
TABBED = (
    " HD\tEnvoy calls talks as rivals trade terms\n BY\tBy Ingrid Falk\n WC\t34 words\n PD\t8 February 2027\n"
    " ET\t09:15\n SN\tThe Lowmark Review\n SC\tLOWREV\n LA\tEnglish\n CY\tCopyright 2027 Lowmark. \n\n"
    " LP\tThe envoy invited both governments on Monday to talks on the closed strait.\n\n"
    " TD\tThey will meet on Thursday, her office said. \n\n"
    " RF\tReleased: 2027-2-8T09:15:28.000Z\n NS\tgpol : Politics\n RE\teurz : Europe\n"
    " IPD\tPolitics | Europe\n PUB\tLowmark\n AN\tDocument L000000020270208eb280001x\n \n \n\n"
    " HD\tTalks open\n WC\t8 words\n PD\t9 February 2027\n SN\tHarbour Post\n LA\tEnglish\n"
    " LP\tThe talks opened on Tuesday, the envoy said.\n AN\tDocument HARB000020270209eb290000a\n"
)
# Factiva's plain export: its name at the head, a section, feet of printed pages, and the search's summary at the end.
PRINTED = """
Factiva

Dow Jones

Foreign Desk; SECTF
Envoy calls talks as rivals trade terms
INGRID FALK
1,034 words
8 February 2027
09:15
The Lowmark Review
L
A17
English
(c) 2027 copyright The Lowmark Review Company
All Rights Reserved

The envoy invited both governments on Monday to talks on the closed strait.

Page 1 of 2 © 2027 Factiva, Inc. All rights reserved.
They will meet on Thursday, her office said.

Document L000000020270208eb280001x

Talks open
8 words
9 February 2027
Harbour Post
HARB
English
Copyright 2027. Harbour Post.

The talks opened on Tuesday, the envoy said.

Document HARB000020270209eb290000a

Search Summary
Text
ferry
Date
01/02/2027 to 28/02/2027
Page 2 of 2 © 2027 Factiva, Inc. All rights reserved.
"""

FIELD = {"academic": ACADEMIC, "covered": COVERED, "tabbed": TABBED, "printed": PRINTED}


@pytest.mark.parametrize("export", FIELD.values(), ids=FIELD)
def test_exports_as_the_databases_write_them(tmp_path: Path, export: str) -> None:
    path = tmp_path / "export.txt"
    path.write_text(export, "utf-8")
    first, second = documents(path)
    assert isinstance(first, Document) and isinstance(second, Document)
    assert (first.title, first.outlet, first.author, first.published, first.language) == (
        "Envoy calls talks as rivals trade terms", "The Lowmark Review", "Ingrid Falk", "2027-02-08", "en",
    )  # fmt: skip
    assert first.text.replace("UPDATE: ", "") == (
        "Envoy calls talks as rivals trade terms\n\nThe envoy invited both governments on Monday to talks on the "
        "closed strait.\n\nThey will meet on Thursday, her office said."
    )
    assert second.text == "Talks open\n\nThe talks opened on Tuesday, the envoy said."
    assert (second.outlet, second.published, second.author) == ("Harbour Post", "2027-02-09", None)


def test_a_german_export(tmp_path: Path) -> None:
    path = tmp_path / "export.txt"
    path.write_text(GERMAN, "utf-8")
    (article,) = documents(path)
    assert isinstance(article, Document)
    assert article.text == "Gespräche beginnen\n\nDie Gesandte sagte, die Gespräche hätten am Dienstag begonnen."
    assert (article.outlet, article.published, article.author, article.language) == (
        "Hafenpost", "2027-02-09", "Ingrid Falk", "de",
    )  # fmt: skip


def test_an_export_as_an_office_document(tmp_path: Path) -> None:
    import docx

    office = docx.Document()
    for line in COVERED.split("\n"):
        office.add_paragraph(line)
    office.save(str(tmp_path / "export.docx"))
    first, second = documents(tmp_path / "export.docx")
    assert isinstance(first, Document) and isinstance(second, Document)
    assert (first.title, first.outlet, first.published) == (
        "Envoy calls talks as rivals trade terms", "The Lowmark Review", "2027-02-08",
    )  # fmt: skip
    assert second.text == "Talks open\n\nThe talks opened on Tuesday, the envoy said."


def as_rtf(text: str) -> str:
    """A text as an old word processor writes it: a font table, a picture, letters by their codes."""
    letters = "".join(c if c.isascii() else f"\\u{ord(c)}?" for c in text.replace("\\", "\\\\"))
    lines = r"\par" + "\r\n" + letters.replace("\n", "\\par\r\n")
    head = r"{\rtf1\ansi\ansicpg1252{\fonttbl{\f0 Times;}}{\*\generator X;}{\pict\pngblip 00ff}{\f0\fs24 "
    return head + lines + "}}"


@pytest.mark.parametrize("export", [COVERED, PRINTED], ids=["covered", "printed"])
def test_an_export_as_rtf(tmp_path: Path, export: str) -> None:
    (tmp_path / "export.rtf").write_text(as_rtf(export), "ascii")
    first, second = documents(tmp_path / "export.rtf")
    assert isinstance(first, Document) and isinstance(second, Document)
    assert (first.title, first.outlet, first.published, first.author) == (
        "Envoy calls talks as rivals trade terms", "The Lowmark Review", "2027-02-08", "Ingrid Falk",
    )  # fmt: skip
    assert first.text.endswith("They will meet on Thursday, her office said.")
    assert second.text == "Talks open\n\nThe talks opened on Tuesday, the envoy said."


def test_lines_that_begin_as_tags_do_belong_to_the_article() -> None:
    found = cut_export(
        "HD Talks open\nPD 9 February 2027\nSN Harbour Post\nLP The envoy spoke.\nTD\nBY noon both had come.\n"
        "CO owners of the line agreed.\nHD screens showed it.\nAN Document HARB000020270209eb290000a\n"
    )
    assert found is not None
    (article,) = found
    assert "BY noon both had come." in article.text and "HD screens" not in (article.known.title or "")
