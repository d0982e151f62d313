// The desk's script: keys, selections, the date slider, progress. Every action is a form or link that works without it.

const $ = (selector, root = document) => root.querySelector(selector);
const $$ = (selector, root = document) => [...root.querySelectorAll(selector)];

// -- theme

const theme = localStorage.getItem("theme");
if (theme) document.documentElement.dataset.theme = theme;
$("#theme")?.addEventListener("click", () => {
  const dark = matchMedia("(prefers-color-scheme: dark)").matches;
  const now = document.documentElement.dataset.theme || (dark ? "dark" : "light");
  const next = now === "dark" ? "light" : "dark";
  document.documentElement.dataset.theme = next;
  localStorage.setItem("theme", next);
});

// -- code points: the server counts them, the browser counts UTF-16 units; only these lines convert

function codePoint(node, unit) {
  const piece = (node.nodeType === Node.TEXT_NODE ? node.parentElement : node).closest("[data-start]");
  if (!piece) return null;
  const before = document.createRange();
  before.setStart(piece, 0);
  before.setEnd(node, unit);
  return Number(piece.dataset.start) + [...before.toString()].length;
}

function selectedSpan() {
  const selection = getSelection();
  const article = $(".article");
  if (!article || selection.isCollapsed || !article.contains(selection.anchorNode) || !article.contains(selection.focusNode)) return null;
  const range = selection.getRangeAt(0);
  const start = codePoint(range.startContainer, range.startOffset);
  const end = codePoint(range.endContainer, range.endOffset);
  return start === null || end === null || start >= end ? null : [start, end, selection.toString()];
}

function take(role) {
  const span = selectedSpan();
  if (!span) return;
  const editor = $("details.editor[open]") || $("#missed");
  editor.open = true;
  const field = $(`[name="${role}"]`, editor);
  if (!field) return;
  field.value = `${span[0]}-${span[1]}`;
  const shown = $(`[data-shows="${role}"]`, editor);
  if (shown) shown.textContent = span[2];
}
$$("[data-take]").forEach((b) => b.addEventListener("click", (event) => { event.preventDefault(); take(b.dataset.take); }));

// -- statements: one in focus

let current = -1;
const statements = $$(".statement");

function focusOn(index, scroll = true) {
  if (!statements.length) return;
  current = Math.max(0, Math.min(index, statements.length - 1));
  statements.forEach((s, i) => s.classList.toggle("current", i === current));
  const chosen = statements[current];
  chosen.focus({ preventScroll: true });
  if (scroll) chosen.scrollIntoView({ block: "nearest" });
  $$(".article mark").forEach((mark) => mark.classList.toggle("lit", mark.dataset.statements.split(" ").includes(chosen.dataset.id)));
  if (scroll) $(".article mark.lit")?.scrollIntoView({ block: "center" });
}

function submit(name) {
  const button = statements[current] && $(`button[value="${name}"]`, statements[current]);
  button?.click();
}

statements.forEach((s, i) => s.addEventListener("click", (event) => { if (!event.target.closest("button, input, select, summary, a")) focusOn(i); }));
$$(".article mark").forEach((mark) => mark.addEventListener("click", () => {
  const index = statements.findIndex((s) => s.dataset.id === mark.dataset.statements.split(" ")[0]);
  if (index >= 0 && getSelection().isCollapsed) focusOn(index);
}));
if (statements.length && !$("#here")) { // who was led to other words is shown these
  const wanted = statements.findIndex((s) => `#${s.id}` === location.hash);
  const open = statements.findIndex((s) => s.dataset.state === "open");
  focusOn(wanted >= 0 ? wanted : Math.max(0, open), wanted >= 0);
}

// -- keys

const keys = {
  "?": () => $("#keys")?.showModal(),
  j: () => focusOn(current + 1),
  k: () => focusOn(current - 1),
  n: () => {
    const next = statements.findIndex((s, i) => i > current && s.dataset.state === "open");
    if (next >= 0) focusOn(next);
    else ($(".turn a[rel=next]") || $("a[rel=next]"))?.click();
  },
  a: () => submit("accept"),
  r: () => submit("reject"),
  e: () => { const d = statements[current] && $("details", statements[current]); if (d) { d.open = true; $("input:not([type=hidden]), select", d)?.focus(); } },
  m: () => { const d = $("#missed"); if (d) { d.open = true; take("content"); $("input", d)?.focus(); } },
  1: () => take("source"),
  2: () => take("cue"),
  3: () => take("content"),
  u: () => $("#undo button")?.click(),
  U: () => $("#redo button")?.click(),
  "/": () => $("#search")?.focus(),
  t: () => $('a[data-key="t"]')?.click(),
  q: () => $('a[data-key="q"]')?.click(),
};

addEventListener("keydown", (event) => {
  if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.closest("input, textarea, select, dialog") && event.key !== "Escape") {
    return;
  }
  const action = keys[event.key];
  if (action) { event.preventDefault(); action(); }
  if (event.key === "Escape") {
    document.activeElement?.blur();
    statements[current]?.focus({ preventScroll: true });
  }
});
$("#help")?.addEventListener("click", () => $("#keys").showModal());

// -- the date slider moves the whole page through time

const slider = $("#day");
if (slider) {
  const days = JSON.parse(slider.dataset.days);
  const shown = $("#day-shown");
  slider.addEventListener("input", () => { shown.textContent = days[slider.value].shown; });
  slider.addEventListener("change", () => {
    const address = new URL(location.href);
    address.searchParams.set("on", days[slider.value].day);
    location.assign(address);
  });
}

// -- a list in columns becomes one in lines where the screen is narrow: every cell then says what it is

$$(".scroll > table").forEach((table) => {
  const heads = $$("thead th", table).map((head) => head.textContent);
  table.classList.add("stacked");
  $$("tbody tr", table).forEach((row) => [...row.cells].forEach((cell, i) => { if (heads[i] && row.cells.length === heads.length) cell.dataset.label = heads[i]; }));
});

// -- choose all in the queue

$("#all")?.addEventListener("change", (event) => $$('input[name="item"]').forEach((box) => { box.checked = event.target.checked; }));

// -- progress of added coverage

const job = $("[data-job]");
if (job && job.dataset.done !== "yes") {
  const ask = async () => {
    const answer = await fetch(`/api/jobs/${job.dataset.job}`);
    if (!answer.ok) return;
    const state = await answer.json();
    $("#job-read").textContent = state.read;
    $("#job-statements").textContent = state.statements;
    if (state.done) location.reload();
    else setTimeout(ask, 400);
  };
  setTimeout(ask, 200);
}

// -- a picture as PNG or SVG: drawn here, from what the page shows, with the looks that its style sheet gives

const LOOKS = ["fill", "paint-order", "stroke", "stroke-width", "stroke-dasharray", "font-size", "font-family"];

function drawn(name) {
  const svg = $(`#${name} svg`);
  const copy = svg.cloneNode(true);
  const originals = $$("*", svg);
  $$("*", copy).forEach((element, i) => {
    const look = getComputedStyle(originals[i]);
    LOOKS.forEach((property) => element.setAttribute(property, look.getPropertyValue(property)));
  });
  return { text: new XMLSerializer().serializeToString(copy), box: svg.viewBox.baseVal };
}

function keep(name, address) {
  const link = document.createElement("a");
  link.download = name;
  link.href = address;
  link.click();
}

const asAddress = (text) => `data:image/svg+xml;charset=utf-8,${encodeURIComponent(text)}`;

$$("button[data-svg]").forEach((button) => button.addEventListener("click", () => {
  keep(`${button.dataset.svg}.svg`, asAddress(drawn(button.dataset.svg).text));
}));

$$("button[data-png]").forEach((button) => button.addEventListener("click", () => {
  const { text, box } = drawn(button.dataset.png);
  const image = new Image();
  image.onload = () => {
    const canvas = document.createElement("canvas");
    canvas.width = box.width * 2;
    canvas.height = box.height * 2;
    const context = canvas.getContext("2d");
    context.fillStyle = getComputedStyle(document.documentElement).backgroundColor;
    context.fillRect(0, 0, canvas.width, canvas.height);
    context.drawImage(image, 0, 0, canvas.width, canvas.height);
    keep(`${button.dataset.png}.png`, canvas.toDataURL("image/png"));
  };
  image.src = asAddress(text);
}));
