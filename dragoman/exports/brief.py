"""A Brief -> Markdown, HTML, PDF and DOCX, with footnotes that lead back to the sentence.

In: a Brief, and a function that gives the address of a document's statement (None: notes are not linked). Out: text
or bytes. The words of the brief are data throughout: none of them is read as markup.
"""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable
from html import escape
from pathlib import Path
from typing import Any

from dragoman.analysis.brief import Brief, Note
from dragoman.analysis.language import RIGHT_TO_LEFT_LETTER
from dragoman.reading import Spans

Address = Callable[[str, str | None, Spans], str | None]
_FONTS = Path(__file__).parent / "fonts"


def _nowhere(document: str, statement: str | None, words: Spans) -> str | None:
    return None


def as_markdown(brief: Brief, *, address: Address = _nowhere) -> str:
    """The brief as Markdown with footnotes."""

    def clean(text: str) -> str:
        return re.sub(r"([\\`*_\[\]<>#|])", r"\\\1", text)

    lines = [f"# {clean(brief.title)}", ""]
    for section in brief.sections:
        lines += [f"## {clean(section.heading)}", ""]
        lines += [f"- {clean(s.text)}{''.join(f'[^{n}]' for n in s.notes)}" for s in section.sentences]
        if section.rest:
            lines.append(f"- {clean(section.rest)}")
        lines.append("")
    for note in brief.notes:
        where = address(note.document, note.statement, note.spans)
        quoted = "".join(f"**{clean(r.text)}**" if r.marked else clean(r.text) for r in note.passage)
        link = f" <{where}>" if where else ""
        lines.append(f"[^{note.number}]: {clean(note.text)}{link}: {' '.join(quoted.split())}")
    return "\n".join([*lines, "", f"*{clean(brief.recipe)}*", ""])


def as_html(brief: Brief, *, address: Address = _nowhere, whole: bool = True) -> str:
    """The brief as HTML: a whole page, or only its article where `whole` is false."""
    way = "auto" if brief.direction == "ltr" else brief.direction  # Arabic sentences may begin with an English name
    parts = [f"<h1>{_isolated(brief.title, way)}</h1>"]
    for section in brief.sections:
        parts.append(f"<section><h2>{escape(section.heading)}</h2><ul>")
        for sentence in section.sentences:
            links = ", ".join(f'<a href="#note-{n}" id="ref-{n}">{n}</a>' for n in sentence.notes)
            notes = f"<sup>{links}</sup>" if links else ""
            parts.append(f'<li dir="{way}">{_isolated(sentence.text, way)}{notes}</li>')
        if section.rest:
            parts.append(f"<li>{escape(section.rest)}</li>")
        parts.append("</ul></section>")
    parts.append(f'<section class="notes"><h2>{escape(brief.notes_heading)}</h2><ol>')
    parts += [f'<li id="note-{n.number}" value="{n.number}">{_linked(n, address, way)}</li>' for n in brief.notes]
    parts.append(f"</ol><p>{escape(brief.recipe)}</p></section>")
    spoken = f'lang="{brief.language}" dir="{brief.direction}"'
    article = f'<article class="brief" {spoken}>{_once(chr(10).join(parts))}</article>'
    if not whole:
        return article
    style = "body{font:16px/1.55 Georgia,'Noto Naskh Arabic',serif;max-width:44em;margin:2em auto;padding:0 1em}"
    return (
        f'<!doctype html><html {spoken}><head><meta charset="utf-8"><title>{escape(brief.title)}</title>'
        f"<style>{style}sup{{line-height:0}}h2{{font-size:1.1em}}</style></head><body>{article}</body></html>"
    )


def _once(article: str) -> str:
    """Keep the id of a reference only where it first stands: a note may be used twice."""
    seen: set[str] = set()

    def keep(match: re.Match[str]) -> str:
        if match[1] in seen:
            return ""
        seen.add(match[1])
        return match[0]

    return re.sub(r' id="(ref-\d+)"', keep, article)


def _isolated(text: str, way: str) -> str:
    return f"<bdi>{escape(text)}</bdi>" if way == "auto" else f'<bdi dir="{way}">{escape(text)}</bdi>'


def _linked(note: Note, address: Address, way: str) -> str:
    where = address(note.document, note.statement, note.spans)
    text = _isolated(note.text, way)
    head = f'<a href="{escape(where)}">{text}</a>' if where else text
    quoted = "".join(f"<mark>{escape(r.text)}</mark>" if r.marked else escape(r.text) for r in note.passage)
    return f'{head}<blockquote dir="auto">{quoted}</blockquote>'


_TYPST = """
#let brief = json(bytes(sys.inputs.brief))
#set page(paper: "a4", margin: 2.2cm, numbering: "1")
#set text(font: ("Libertinus Serif", "Noto Naskh Arabic"), size: 10.5pt, lang: brief.language,
  dir: if brief.rtl { rtl } else { ltr })
#set document(title: brief.title)
#set par(justify: false, leading: 0.62em)
#show heading: set block(above: 1.1em, below: 0.5em)
#let notes = brief.notes
#heading(level: 1, brief.title)
#for section in brief.sections {
  heading(level: 2, section.heading)
  for sentence in section.sentences {
    list.item({
      text(dir: if sentence.rtl { rtl } else { ltr }, sentence.text)
      for n in sentence.notes { footnote(text(size: 8pt, {
        notes.at(n - 1).text
        ": "
        for run in notes.at(n - 1).passage { if run.marked { strong(run.text) } else { run.text } }
      })) }
    })
  }
  if section.rest != "" { section.rest }
}
#v(1em)
#text(size: 8.5pt, style: "italic", brief.recipe)
"""


def as_pdf(brief: Brief) -> bytes:
    """The brief as PDF, by typst; its words are handed over as JSON, never as markup."""
    import typst

    data = brief.to_json()
    data["rtl"] = brief.direction == "rtl"
    for note, noted in zip(data["notes"], brief.notes, strict=True):
        note["passage"] = [{"text": run.text, "marked": run.marked} for run in noted.passage]
    for section, made in zip(data["sections"], brief.sections, strict=True):
        section["rest"] = made.rest
        for sentence in section["sentences"]:
            sentence["rtl"] = _starts_rtl(sentence["text"]) if brief.direction == "ltr" else True
    pdf: bytes = typst.compile(  # type: ignore[misc]
        _TYPST.encode(), font_paths=[str(_FONTS)], sys_inputs={"brief": json.dumps(data, ensure_ascii=False)}
    )
    return pdf


def _starts_rtl(text: str) -> bool:
    first = re.search(r"[^\W\d_]", text)
    return bool(first and RIGHT_TO_LEFT_LETTER.match(first.group()))


_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def as_docx(brief: Brief) -> bytes:
    """The brief as DOCX with real footnotes. python-docx has none, so the part is written here (ECMA-376, 17.11)."""
    import docx
    from docx.opc.constants import RELATIONSHIP_TYPE
    from docx.opc.packuri import PackURI
    from docx.opc.part import Part
    from docx.oxml import parse_xml

    document = docx.Document()
    document.core_properties.title = brief.title
    notes = {note.number: note for note in brief.notes}
    footnotes: list[Note] = []

    def written(text: str, **look: Any) -> Any:
        paragraph = document.add_paragraph(**look)
        run = paragraph.add_run(_xml_safe(text))
        if brief.direction == "rtl" or _starts_rtl(text):
            paragraph._p.get_or_add_pPr().append(parse_xml(f'<w:bidi xmlns:w="{_W}"/>'))
            run._r.get_or_add_rPr().append(parse_xml(f'<w:rtl xmlns:w="{_W}"/>'))
        return paragraph

    written(brief.title, style="Heading 1")
    for section in brief.sections:
        written(section.heading, style="Heading 2")
        for sentence in section.sentences:
            paragraph = written(sentence.text, style="List Bullet")
            for number in sentence.notes:
                footnotes.append(notes[number])
                mark = paragraph.add_run()
                mark.font.superscript = True
                mark._r.append(parse_xml(f'<w:footnoteReference xmlns:w="{_W}" w:id="{len(footnotes)}"/>'))
        if section.rest:
            written(section.rest, style="List Bullet")
    written(brief.recipe)
    blob = _footnotes_xml(footnotes, rtl=brief.direction == "rtl")
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
    part = Part(PackURI("/word/footnotes.xml"), kind, blob, document.part.package)
    document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _footnotes_xml(notes: list[Note], *, rtl: bool) -> bytes:
    line, look = ("<w:pPr><w:bidi/></w:pPr>", "<w:rtl/>") if rtl else ("", "")

    def run(text: str, bold: bool = False) -> str:
        looks = f"<w:rPr>{'<w:b/>' if bold else ''}{look}</w:rPr>"
        return f'<w:r>{looks}<w:t xml:space="preserve">{escape(_xml_safe(text), quote=False)}</w:t></w:r>'

    fixed = "".join(
        f'<w:footnote w:type="{kind}" w:id="{number}"><w:p><w:r><w:{kind}/></w:r></w:p></w:footnote>'
        for kind, number in (("separator", -1), ("continuationSeparator", 0))
    )
    ours = "".join(
        f'<w:footnote w:id="{number}"><w:p>{line}<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr>'
        "<w:footnoteRef/></w:r>"
        f"{run(f' {note.text}: ')}{''.join(run(r.text, r.marked) for r in note.passage)}</w:p></w:footnote>"
        for number, note in enumerate(notes, 1)
    )
    return f'<?xml version="1.0" encoding="UTF-8"?><w:footnotes xmlns:w="{_W}">{fixed}{ours}</w:footnotes>'.encode()


def _xml_safe(text: str) -> str:
    """`text` without the characters that XML 1.0 cannot hold."""
    return re.sub("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", "", text)
