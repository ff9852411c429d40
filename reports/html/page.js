"use strict";
const data = JSON.parse(document.getElementById("data").textContent);
const byId = (id) => document.getElementById(id);

/** An element with attributes and children; text is text, never markup. */
function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children.filter((child) => child !== null));
  return element;
}
function draw(tag, attributes = {}, text = "") {
  const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.textContent = text;
  return element;
}
function linked(rule) {
  const name = rule.heading ? `${rule.page}, “${rule.heading}”` : rule.page;
  return rule.link ? make("a", { href: rule.link, rel: "noreferrer" }, name) : name;
}
const shorter = (text, most) => text.length > most ? `${text.slice(0, most - 1)}…` : text;
const counted = (count, one) => `${count} ${one}${count === 1 ? "" : "s"}`;
const asClass = (words) => words.replaceAll(" ", "-");

// --- Whose lane a call begins and ends in ---------------------------------------------------------
const fromBelow = /^Filter(Receive|SendNetBufferListsComplete|OidRequestComplete|Status)/;
const toBelow = /^NdisF(SendNetBufferLists|OidRequest|Return\w+|Cancel\w+)$/;
const toAbove = /^NdisF(Indicate\w+|\w+Complete)$/;

/** Lanes from left to right: the switch's upper end, the extensions, the lower end. */
function lanesOf(result) {
  return ["protocol edge", ...result.extensions, "miniport edge"];
}
function arrowOf(result, at) {
  const events = result.events, call = data.calls[events.call[at]];
  const last = result.extensions.length + 1, module = events.module[at];
  if (module === 255) {
    const lane = call.name.startsWith("Miniport") ? last : 0;
    return { from: lane, to: lane };
  }
  const own = module + 1;
  let other = 0;
  if (call.host) other = fromBelow.test(call.name) ? own + 1 : own - 1;
  else if (toBelow.test(call.name)) other = own + 1;
  else if (toAbove.test(call.name)) other = own - 1;
  const forth = call.host ? { from: other, to: own } : { from: own, to: other };
  return events.phase[at] ? { from: forth.to, to: forth.from, back: true } : forth;
}
/** Of a packet or request the number is not in the text: many have the same. */
const wordsOf = (result, at) => result.strings[result.events.words[at]].replaceAll("\u0001", result.events.object[at]);
const moduleOf = (result, at) => result.events.module[at] === 255
  ? "host" : result.extensions[result.events.module[at]];
const timeOf = (time) => `${(time / 10000).toFixed(1)} ms`;

/** Of each event so many letters: on paper fewer, so that they can be read. */
const onScreen = 110, onPaper = 56;
/** More lines than these are drawn as they are scrolled to; on paper only the last. */
const drawnAtOnce = 60;

/** The lines of a sequence, where its lanes stand, and how wide it is. */
function layoutOf(result, places, most) {
  const lanes = lanesOf(result), left = 70, gap = 170, row = 24, lines = [];
  let step = 0, longest = 1;
  for (const at of places) {
    if (result.events.step[at] !== step && result.events.step[at] !== 0) {
      step = result.events.step[at];
      lines.push({ step });
    }
    lines.push({ at });
    longest = Math.max(longest, Math.min(wordsOf(result, at).length, most));
  }
  const right = left + gap * (lanes.length - 1) + 90;
  return { lanes, left, gap, row, lines, right, longest, most, width: right + 7.6 * (longest + 10) };
}
function laneNames({ lanes, left, gap, width }) {
  const svg = draw("svg", { width, height: 26, viewBox: `0 0 ${width} 26`, class: "names", "aria-hidden": "true" });
  lanes.forEach((name, lane) =>
    svg.append(draw("text", { x: left + lane * gap, y: 18, "text-anchor": "middle", class: "head" }, shorter(name, 22))));
  return svg;
}
function eventLine(result, found, layout, at, y) {
  const { left, gap, row, right, width, most } = layout, arrow = arrowOf(result, at), group = draw("g");
  const words = wordsOf(result, at), cause = at === found.since && at;
  if (at === found.at) {
    group.setAttribute("class", "wrong");
    group.append(draw("rect", { x: 0, y: y - row / 2, width, height: row, class: "band" }));
  } else if (cause) group.setAttribute("class", "cause");
  const x1 = left + arrow.from * gap, x2 = left + arrow.to * gap;
  if (x1 === x2) group.append(draw("circle", { cx: x1, cy: y, r: 4, class: "tip" }));
  else {
    group.append(draw("line", { x1, x2, y1: y, y2: y, class: arrow.back ? "arrow back" : "arrow" }));
    group.append(draw("path", { d: `M${x2} ${y}l${x2 > x1 ? -8 : 8} -4v8z`, class: "tip" }));
  }
  const text = draw("text", { x: right, y: y + 4 }, `${at === found.at ? "✗ " : cause ? "▸ " : ""}#${at} ${shorter(words, most)}`);
  text.append(draw("title", {}, words));
  group.append(text);
  return group;
}
function drawLines(result, found, layout, first, end) {
  const { lanes, left, gap, row, lines, right, longest, width } = layout, height = row * (end - first) + 6;
  const svg = draw("svg", { width, height, viewBox: `0 0 ${width} ${height}`, role: "img",
    "aria-label": `Sequence of ${counted(end - first, "line")} that led to ${found.rule}` });
  lanes.forEach((_, lane) => svg.append(draw("line", { x1: left + lane * gap, x2: left + lane * gap, y1: 0, y2: height, class: "life" })));
  lines.slice(first, end).forEach((line, index) => {
    const y = row / 2 + 2 + index * row;
    if (line.step) {
      const text = `step ${line.step}: ${result.steps[line.step - 1] || ""}`;
      svg.append(draw("text", { x: right, y: y + 4, class: "muted" }, shorter(text, longest + 8)));
    } else svg.append(eventLine(result, found, layout, line.at, y));
  });
  return svg;
}
/** Only the lines that can be seen are drawn; the keys that scroll do so. */
function longDiagram(result, found, layout) {
  const { lines, row, width } = layout, broken = lines.findIndex((line) => line.at === found.at);
  const inner = make("div", { class: "tall", style: `height:${lines.length * row + 6}px;width:${width}px` });
  const box = make("div", { class: "diagram long", tabindex: "0", role: "region",
    "aria-label": `Sequence diagram of ${found.name}, ${counted(found.about.length, "event")}; n goes to the breaking event` }, laneNames(layout), inner);
  function render() {
    const first = Math.max(0, Math.floor(box.scrollTop / row) - 8);
    const svg = drawLines(result, found, layout, first, Math.min(lines.length, first + Math.ceil((box.clientHeight || 640) / row) + 16));
    svg.style.top = `${first * row}px`;
    inner.replaceChildren(svg);
  }
  function toBroken() {
    box.scrollTop = Math.max(0, broken * row - box.clientHeight / 2);
    render();
  }
  box.addEventListener("scroll", () => requestAnimationFrame(render));
  box.addEventListener("keydown", (event) => { if (event.key === "n") toBroken(); });
  requestAnimationFrame(toBroken);
  return box;
}
function diagram(result, found, most = onScreen) {
  const whole = layoutOf(result, found.about, most);
  if (whole.lines.length > drawnAtOnce && most === onScreen) return longDiagram(result, found, whole);
  const cut = found.about.length > drawnAtOnce, layout = cut ? layoutOf(result, found.about.slice(-drawnAtOnce), most) : whole;
  return make("div", { class: "diagram", tabindex: "0", role: "region", "aria-label": `Sequence diagram of ${found.name}` },
    cut ? make("p", { class: "note" }, `The last ${drawnAtOnce} of ${found.about.length} events.`) : null,
    laneNames(layout), drawLines(result, found, layout, 0, layout.lines.length));
}
const sequences = [];
function sequence(result, found) {
  sequences.push({ result, found, node: diagram(result, found) });
  return sequences.at(-1).node;
}
function redrawFor(most) {
  for (const one of sequences) {
    const node = diagram(one.result, one.found, most);
    one.node.replaceWith(node);
    one.node = node;
  }
}

/** Who has a packet or a request in hand, from its first event to its last. */
function lifeOfObject(result, object) {
  const { events } = result, lanes = lanesOf(result), spans = [];
  let last = 0, kind = "object";
  for (let at = 0; at < events.object.length; ++at) {
    if (events.object[at] !== object) continue;
    last = at;
    if (kind === "object") kind = wordsOf(result, at).match(/\b(nbl|request|IRP|irp) /)?.[1] || "object";
    if (events.phase[at]) continue;
    const holder = lanes[arrowOf(result, at).to];
    if (!spans.length || spans.at(-1)[1] !== holder) spans.push([at, holder]);
  }
  if (spans.length) spans.push([last + 1, ""]);
  return { name: `${kind} ${object}`, spans, packet: true };
}
function bar(svg, life, y, end, x) {
  svg.append(draw("text", { x: 4, y: y + 15 }, shorter(life.name, 18)));
  life.spans.forEach(([at, state], place) => {
    if (!state) return;
    const w = Math.max(x(place + 1 < life.spans.length ? life.spans[place + 1][0] : end) - x(at), 1);
    const live = /connected|running|^created/.test(state) && !/dis/.test(state);
    const kind = life.packet ? "span carried" : live ? "span live" : /ing$/.test(state) ? "span passing" : "span";
    const rect = draw("rect", { x: x(at), y, width: w, height: 20, class: kind });
    rect.append(draw("title", {}, `${life.name} ${life.packet ? "with " : ""}${state} from #${at}`));
    svg.append(rect);
    const room = Math.floor((w - 8) / 7.4);
    if (room >= 4) svg.append(draw("text", { x: x(at) + 4, y: y + 15 }, shorter(state, room)));
  });
}
function stateBars(result, found) {
  const flying = found.flying.map((at) => result.events.object[at]);
  const carried = [...new Set([...found.objects, ...flying])].slice(0, 12).map((object) => lifeOfObject(result, object));
  const lives = [...result.lives, ...carried.filter((life) => life.spans.length)];
  if (!lives.length) return null;
  const left = 150, width = 1100, row = 24, all = Math.max(result.events.call.length, 1);
  const height = row * lives.length + 22, x = (at) => left + (at / all) * (width - left - 4);
  const svg = draw("svg", { width, height, viewBox: `0 0 ${width} ${height}`, role: "img",
    "aria-label": "States of ports, adapters and extensions over the run, and who had the packets and requests" });
  lives.forEach((life, index) => bar(svg, life, 3 + index * row, all, x));
  const line = (at, kind) => svg.append(draw("line", { x1: x(at), x2: x(at), y1: 0, y2: height - 18, class: kind }));
  if (found.since) line(found.since, "since");
  line(found.at, "cut");
  const edge = x(found.at) > width - 60 ? "end" : "middle";
  svg.append(draw("text", { x: x(found.at), y: height - 4, "text-anchor": edge, class: "here" }, `#${found.at}`));
  return make("div", { class: "diagram", tabindex: "0", role: "region", "aria-label": `State bars of ${found.name}` }, svg);
}

// --- The whole run: only the rows that can be seen exist ------------------------------------------
function timeline(result, found) {
  const height = 22, all = result.events.call.length;
  let places = null, chosen = 0;
  const inner = make("div"), count = make("output", { "aria-live": "polite" });
  const rows = make("div", { class: "rows", tabindex: "0", role: "listbox",
    "aria-label": `All events of ${found.name}; arrow keys move, n goes to the breaking event` }, inner);
  const words = make("input", { type: "search" });
  const about = make("input", { type: "checkbox" });
  const size = () => (places ? places.length : all);
  const at = (index) => (places ? places[index] : index);
  function render() {
    const first = Math.max(0, Math.floor(rows.scrollTop / height) - 5);
    const end = Math.min(size(), first + Math.ceil((rows.clientHeight || 352) / height) + 10);
    inner.replaceChildren();
    for (let index = first; index < end; ++index) {
      const place = at(index), events = result.events;
      const kinds = ["row", place === found.at ? "hit" : "", found.since && place === found.since ? "since" : "",
        index === chosen ? "chosen" : ""].filter(Boolean).join(" ");
      inner.append(make("div", { class: kinds, role: "option", id: `${found.id}-${place}`,
        "aria-selected": String(index === chosen), style: `top:${index * height}px`,
        title: `${wordsOf(result, place)}${events.from[place] ? `\n${result.strings[events.from[place]]}` : ""}` },
        make("span", { class: "number" }, `#${place}`), make("span", { class: "number" }, timeOf(events.time[place])),
        make("span", {}, events.step[place] ? `step ${events.step[place]}` : ""),
        make("span", {}, `task ${events.task[place]}`), make("span", {}, moduleOf(result, place)),
        make("span", {}, wordsOf(result, place))));
    }
    if (size()) rows.setAttribute("aria-activedescendant", `${found.id}-${at(chosen)}`);
  }
  function filter() {
    const text = words.value.trim().toLowerCase();
    if (!text && !about.checked) places = null;
    else {
      places = [];
      const from = about.checked ? found.about : Array.from({ length: all }, (_, place) => place);
      for (const place of from) if (!text || wordsOf(result, place).toLowerCase().includes(text)) places.push(place);
    }
    inner.style.height = `${size() * height}px`;
    count.textContent = `${size()} of ${counted(all, "event")}`;
    go(Math.max(0, places ? places.indexOf(found.at) : found.at));
  }
  function go(index) {
    chosen = Math.max(0, Math.min(size() - 1, index));
    const top = chosen * height;
    if (top < rows.scrollTop || top + height > rows.scrollTop + rows.clientHeight)
      rows.scrollTop = Math.max(0, top - rows.clientHeight / 2);
    render();
  }
  rows.addEventListener("scroll", () => requestAnimationFrame(render));
  rows.addEventListener("keydown", (event) => {
    const page = Math.floor(rows.clientHeight / height);
    const moves = { ArrowDown: 1, ArrowUp: -1, PageDown: page, PageUp: -page, Home: -size(), End: size() };
    if (event.key in moves) go(chosen + moves[event.key]);
    else if (event.key === "n") go(places ? places.indexOf(found.at) : found.at);
    else return;
    event.preventDefault();
  });
  words.addEventListener("input", filter);
  about.addEventListener("change", filter);
  const box = make("details", { class: "timeline" }, make("summary", {}, `All ${counted(all, "event")}`),
    make("div", { class: "filters" }, make("label", {}, "Words ", words),
      make("label", {}, about, "only what led to it"), count), rows);
  box.addEventListener("toggle", () => { if (box.open) filter(); });
  return box;
}

// --- Findings -----------------------------------------------------------------------------------
function source(found) {
  const blocks = found.stack.filter((frame) => frame.lines).slice(0, 3).map((frame) => {
    const lines = frame.lines.map((text, index) => {
      const line = frame.first + index;
      return make("span", line === frame.line ? { class: "hit" } : {}, `${String(line).padStart(5)}  ${text}`);
    });
    return make("div", {}, make("p", { class: "faint" }, `${frame.function}, ${frame.path}:${frame.line}`),
      make("pre", { class: "source", tabindex: "0", role: "region", "aria-label": `Source of ${frame.function}, ${found.name}` }, ...lines));
  });
  return blocks.length ? make("div", {}, make("h4", {}, "Where it called from"), ...blocks) : null;
}
function list(title, items = []) {
  if (!items.length) return [];
  return [make("dt", {}, title), make("dd", {}, ...items.map((item) => item.nodeType ? item : make("div", {}, item)))];
}
function copyable(command) {
  const button = make("button", { type: "button" }, "Copy"), code = make("code", {}, command);
  button.addEventListener("click", async () => {
    try { await navigator.clipboard.writeText(command); button.textContent = "Copied"; }
    catch { getSelection().selectAllChildren(code); button.textContent = "Selected"; }
  });
  return make("div", { class: "replay" }, code, button);
}
function picturesOf(result, found) {
  if (!result.events.call.length)
    return [make("p", { class: "note" }, "The events of this run are not in this report: there are too many. Replay it."),
      source(found)].filter(Boolean);
  return [make("h4", {}, "How it came about"), sequence(result, found), make("h4", {}, "States over the run, and who had what"),
    stateBars(result, found), source(found), timeline(result, found)].filter(Boolean);
}

/** Of many findings those are drawn that a reader comes near, and all before they are printed. */
const waiting = new Map();
const near = new IntersectionObserver((entries) => {
  for (const entry of entries) if (entry.isIntersecting) drawNow(entry.target);
}, { rootMargin: "1200px" });
function drawNow(place) {
  const work = waiting.get(place);
  waiting.delete(place);
  near.unobserve(place);
  work?.();
}
function drawLater(place, work) {
  waiting.set(place, work);
  near.observe(place);
}
function drawAll() {
  for (const place of [...waiting.keys()]) drawNow(place);
}

/** What the text report says under its labels, with from where in the code it came. */
function facts(result, found, rule) {
  const told = new Map(found.facts.map((fact) => [fact.label, fact.told.map((one) =>
    make("div", {}, one.text, one.from ? make("div", { class: "faint" }, `from ${one.from}`) : null))]));
  const whole = make("dl", {}, ...list("what", told.get("what")), make("dt", {}, rule.modality), make("dd", { class: "says" }, rule.says),
    make("dt", {}, "page"), make("dd", {}, linked(rule)), ...list("verifier", rule.verifier ? [rule.verifier] : []),
    ...list("guilty", told.has("blame") ? [] : [found.who]));
  for (const [label, items] of told) if (label !== "what") whole.append(...list(label, items));
  whole.append(...list("schedule", found.schedule ? [found.schedule] : []), ...list("scenario", [result.scenario]),
    ...list("fingerprint", [found.fingerprint]));
  return whole;
}
/** What was printed when it crashed, of the run's last event. */
function printed(result, found) {
  if (!result.printed || found.at + 1 !== result.count) return null;
  return make("details", { class: "printed" }, make("summary", {}, "What was printed"),
    make("pre", { tabindex: "0", role: "region", "aria-label": `Output of ${found.name}` }, result.printed));
}
function card(result, found) {
  const rule = data.rules.find((one) => one.id === found.rule);
  const pictures = make("div", { class: "pictures" });
  drawLater(pictures, () => pictures.append(...picturesOf(result, found)));
  return make("article", { class: `card ${found.severity}`, id: found.id },
    make("h3", {}, make("span", { class: found.severity === "warning" ? "undecided" : "broken" }, found.rule), ` ${rule.title}`),
    facts(result, found, rule), printed(result, found), result.replay ? copyable(result.replay) : null, pictures);
}
const everything = data.results.flatMap((result, number) => result.violations.map((found, place) => {
  found.id = `finding-${number}-${place}`;
  return { result, found, made: null };
}));
everything.forEach((one, place) => { one.found.name = `finding ${place + 1}`; });
function filterFindings() {
  const rule = byId("by-rule").value, nic = byId("by-nic").value.trim(), object = byId("by-object").value.trim();
  const fits = ({ found }) => (!rule || found.rule === rule) && (!nic || found.nics.includes(nic)) &&
    (!object || found.objects.includes(Number(object)));
  const shown = everything.filter(fits);
  for (const one of shown) one.made ??= card(one.result, one.found);
  byId("cards").replaceChildren(...shown.map((one) => one.made));
  byId("shown").textContent = `${shown.length} of ${counted(everything.length, "finding")}`;
}

// --- Tables -------------------------------------------------------------------------------------
const headed = (...names) => make("thead", {}, make("tr", {}, ...names.map((name) => make("th", { scope: "col" }, name))));
function scenarioTable() {
  const body = data.results.map((result) => make("tr", {}, make("td", {}, make("span", { class: result.outcome }, result.outcome)),
    make("td", {}, make("code", {}, result.scenario), result.how ? make("div", { class: "faint" }, result.how) : null), make("td", {}, [...new Set(result.violations.map((one) => one.rule)),
      ...result.undecided, ...result.stuck.map((task) => `stuck: ${task}`), ...(result.outcome === "undecided" && result.where ? [`at ${result.where}`] : [])]
      .join("; ")), make("td", { class: "number" }, String(result.count))));
  byId("scenario-table").replaceChildren(headed("outcome", "scenario", "why", "events"), make("tbody", {}, ...body));
}
const standings = ["broken", "not followed", "held", "not exercised"];
function ruleTable() {
  const standing = byId("by-standing").value, words = byId("by-words").value.toLowerCase();
  const weight = (rule) => standings.indexOf(rule.standing);
  const shown = data.rules.toSorted((one, other) => weight(one) - weight(other)).filter((rule) => (!standing || rule.standing === standing) &&
    `${rule.id} ${rule.title} ${rule.says}`.toLowerCase().includes(words));
  const body = shown.map((rule) => make("tr", { class: `of-${asClass(rule.standing)}` }, make("th", { scope: "row" }, rule.id),
    make("td", {}, make("span", { class: asClass(rule.standing) }, rule.standing)), make("td", { class: "number" }, rule.asked ? String(rule.asked) : ""),
    make("td", {}, rule.title, make("div", { class: "faint" }, rule.says), make("div", { class: "page" }, linked(rule)))));
  byId("rule-table").replaceChildren(headed("rule", "standing", "asked", "what it says, and on which page"), make("tbody", {}, ...body));
  byId("rules-shown").textContent = `${shown.length} of ${counted(data.rules.length, "rule")}`;
}
const warmth = (count, most) => count ? 0.1 + 0.45 * Math.log1p(count) / Math.log1p(Math.max(most, 1)) : 0;
const spoken = (name) => name.replaceAll("_", " ");

/** States in a row; what leads on goes above them, what leads back below. */
function stateDiagram(machine, most) {
  const gap = 144, box = 126, x = (state) => 72 + state * gap;
  const edges = new Map();
  for (const cell of machine.cells) {
    const key = `${cell.from}-${cell.to}`;
    if (!edges.has(key)) edges.set(key, { from: cell.from, to: cell.to, count: 0, taken: false, events: [] });
    const edge = edges.get(key);
    edge.count += cell.count;
    edge.taken ||= cell.taken;
    edge.events.push(`${spoken(machine.events[cell.event])} ${cell.count}×`);
  }
  const reach = (forth) => Math.max(1, ...[...edges.values()].filter((edge) => edge.to > edge.from === forth)
    .map((edge) => Math.abs(edge.to - edge.from)));
  const lift = (span) => 26 + 22 * span, above = lift(reach(true)) + 18, below = lift(reach(false)) + 18;
  const y = above + 14, width = 144 + gap * (machine.states.length - 1), height = above + below + 28;
  const svg = draw("svg", { width, height, viewBox: `0 0 ${width} ${height}`, role: "img",
    "aria-label": `The states of the ${spoken(machine.name)} machine; the table below says the same in words` });
  for (const edge of edges.values()) {
    const forth = edge.to > edge.from, self = edge.to === edge.from, side = forth ? -1 : 1;
    const x1 = x(edge.from) + (self ? -22 : forth ? 18 : -18), x2 = x(edge.to) + (self ? 22 : forth ? -18 : 18);
    const tall = self ? 24 : lift(Math.abs(edge.to - edge.from)), from = y + side * 14, top = from + side * tall * 4 / 3;
    const group = draw("g", { class: edge.taken ? "taken" : "never" });
    group.append(draw("path", { class: "way", d: `M${x1} ${from}C${x1} ${top} ${x2} ${top} ${x2} ${from}`,
      "stroke-width": edge.taken ? (1.2 + 4 * warmth(edge.count, most)).toFixed(1) : 1.2 }));
    group.append(draw("path", { class: "point", d: `M${x2} ${from}l-4 ${side * 9}h8z` }));
    group.append(draw("text", { x: (x1 + x2) / 2, y: from + side * tall + (forth ? -3 : 12), "text-anchor": "middle" },
      edge.count ? `${edge.count}×` : edge.taken ? "taken" : "never"));
    group.append(draw("title", {}, edge.events.join(", ")));
    svg.append(group);
  }
  machine.states.forEach((state, at) => {
    svg.append(draw("rect", { x: x(at) - box / 2, y: y - 14, width: box, height: 28, rx: 5, class: "state" }));
    svg.append(draw("text", { x: x(at), y: y + 4, "text-anchor": "middle" }, spoken(state)));
  });
  return make("div", { class: "diagram states", tabindex: "0", role: "region",
    "aria-label": `State diagram of the ${spoken(machine.name)} machine` }, svg);
}
function cellTable(machine, most) {
  const used = machine.events.map((_, event) => event).filter((event) => machine.cells.some((cell) => cell.event === event));
  const body = machine.states.map((state, from) => make("tr", {}, make("th", { scope: "row" }, spoken(state)),
    ...used.map((event) => {
      const cells = machine.cells.filter((cell) => cell.from === from && cell.event === event);
      if (!cells.length) return make("td", {});
      const count = cells.reduce((sum, cell) => sum + cell.count, 0), taken = cells.some((cell) => cell.taken);
      return make("td", { class: taken ? "" : "never", style: heated(count, most) },
        spoken(machine.states[cells[0].to]), make("br"), count ? `${count}×` : taken ? "taken" : "never");
    })));
  return make("div", { class: "wide", tabindex: "0", role: "region", "aria-label": `Transitions of the ${spoken(machine.name)} machine` },
    make("table", { class: "machine" }, headed("state", ...used.map((event) => spoken(machine.events[event]))), make("tbody", {}, ...body)));
}
function heat() {
  const cells = data.machines.flatMap((machine) => machine.cells), taken = cells.filter((cell) => cell.taken).length;
  const most = Math.max(1, ...cells.map((cell) => cell.count));
  byId("heat-note").textContent = `${taken} of ${counted(cells.length, "transition")} of the model were taken. ` +
    "The thicker an arrow and the darker a cell, the more often; dashed: never.";
  for (const machine of data.machines) {
    const own = machine.cells.filter((cell) => cell.taken).length;
    byId("heat").append(make("h3", {}, `${spoken(machine.name)}: ${own} of ${machine.cells.length}`), stateDiagram(machine, most),
      make("details", {}, make("summary", {}, `The rows of the ${spoken(machine.name)} machine`), cellTable(machine, most)));
  }
}
const heated = (count, most) => `background: rgba(var(--heat), ${warmth(count, most).toFixed(2)})`;
/** How much was in flight at each transition that changes a state; never is no pass. */
function underWay() {
  const { classes, rows } = data.under_way;
  if (!rows.length) return byId("under-way").remove();
  const cells = data.machines.flatMap((machine) => machine.cells.map((cell) => ({ machine, cell })));
  const most = Math.max(1, ...rows.flatMap((row) => row.taken)), seen = rows.flatMap((row) => row.taken).filter(Boolean).length;
  byId("under-way-note").textContent = `How many packets and requests were between the two ends of the switch whenever a port, an adapter or an ` +
    `extension changed its state: ${seen} of ${rows.length * classes.length} pairs came up.`;
  const body = rows.map(({ cell: place, taken }) => {
    const { machine, cell } = cells[place];
    return make("tr", {}, make("th", { scope: "row" }, `${spoken(machine.name)} ${spoken(machine.states[cell.from])}`,
      make("div", { class: "faint way" }, `${spoken(machine.events[cell.event])} → ${spoken(machine.states[cell.to])}`)), ...taken.map((count) =>
        make("td", { class: count ? "number" : "number never", style: heated(count, most) }, count ? String(count) : "never")));
  });
  byId("under-way-table").replaceChildren(headed("state, and what changes it", ...classes), make("tbody", {}, ...body));
}
/** Who found what, and after how many runs. */
function engines() {
  const rows = data.campaign?.engines || [];
  if (!rows.length) return byId("engines").remove();
  const most = Math.max(1, ...rows.map((row) => row.runs));
  const body = rows.map((row) => make("tr", {}, make("th", { scope: "row" }, row.origin), make("td", {}, row.scheduler),
    make("td", { class: "number", style: heated(row.runs, most) }, String(row.runs)), make("td", { class: "number" }, String(row.interesting_runs)),
    make("td", { class: "number" }, String(row.violating_runs)), make("td", { class: "number" }, String(row.undecided_runs)),
    make("td", {}, row.found.map((found) => `${found.rule} in run ${found.run}`).join(", "))));
  byId("engine-table").replaceChildren(headed("scenarios", "scheduler", "runs", "showed something new", "broke a rule", "undecided", "first to find"),
    make("tbody", {}, ...body));
}

// --- Source lines -------------------------------------------------------------------------------
const ranges = (lines) => lines.reduce((all, line) => {
  if (all.length && all.at(-1)[1] === line - 1) all.at(-1)[1] = line;
  else all.push([line, line]);
  return all;
}, []).map(([first, last]) => first === last ? String(first) : `${first}–${last}`).join(", ");
const neverRun = (file) => file.line.filter((_, place) => file.runs[place] === 0);
function listing(file, most) {
  const runs = new Map(file.line.map((line, place) => [line, file.runs[place]]));
  const texts = file.text ? file.text.replace(/\n$/, "").split("\n") : [];
  const numbers = texts.length ? texts.map((_, place) => place + 1) : file.line;
  const lines = numbers.map((number) => {
    const count = runs.get(number), known = count !== undefined;
    return make("span", known && !count ? { class: "never" } : known ? { style: `background: rgba(var(--heat), ${(warmth(count, most) / 2).toFixed(2)})` } : {},
      `${String(number).padStart(5)} ${(known ? count ? `${count}×` : "never" : "").padStart(9)}  ${texts[number - 1] ?? ""}`);
  });
  const pre = make("pre", { class: "source listing", tabindex: "0", role: "region",
    "aria-label": `${file.path}; n goes to the next line that was never run` }, ...lines);
  let last = -1;
  pre.addEventListener("keydown", (event) => {
    if (event.key !== "n") return;
    const never = lines.map((line, place) => line.className === "never" ? place : -1).filter((place) => place >= 0);
    last = never.find((place) => place > last) ?? never[0] ?? -1;
    for (const line of lines) line.classList.toggle("chosen", line === lines[last]);
    if (last >= 0) pre.scrollTop = lines[last].offsetTop - pre.clientHeight / 2;
  });
  return pre;
}
function sourceFile(file, most) {
  const never = neverRun(file);
  const box = make("details", { class: "code-file" }, make("summary", {}, `${file.path}: ${file.line.length - never.length} of ${counted(file.line.length, "line")} run`));
  box.addEventListener("toggle", () => {
    if (!box.open || box.children.length > 1) return;
    if (!file.text) box.append(make("p", { class: "note" }, "The source is not in this report: it could not be read, or there is too much of it."));
    box.append(listing(file, most));
  });
  return box;
}
function code() {
  const { files, unknown } = data.code;
  if (!files.length && !unknown.length) return byId("code").remove();
  const all = files.reduce((sum, file) => sum + file.line.length, 0), never = files.reduce((sum, file) => sum + neverRun(file).length, 0);
  byId("code-note").textContent = `${all - never} of ${counted(all, "line")} that the compiler has made code of were run. The number is in how many runs, ` +
    "at least: what the compiler does not count was run with what it leads to, or comes from.";
  const several = new Set(files.flatMap((file) => file.extensions)).size > 1;
  byId("code-unknown").append(...unknown.map((why) => make("li", {}, `Not known of ${why}`)));
  const most = Math.max(1, ...files.flatMap((file) => file.runs.length ? [file.runs.reduce((one, other) => Math.max(one, other))] : []));
  const body = files.map((file) => make("tr", {}, make("th", { scope: "row" }, file.path,
    several ? make("div", { class: "faint" }, file.extensions.join(", ")) : null),
    make("td", { class: "number" }, `${file.line.length - neverRun(file).length} of ${file.line.length}`), make("td", {}, ranges(neverRun(file)))));
  byId("code-table").replaceChildren(headed("file", "lines run", "never run"), make("tbody", {}, ...body));
  byId("code-files").append(...files.map((file) => sourceFile(file, most)));
}
/** One line over the runs of a campaign. */
function curve(name, of, all) {
  const rows = data.campaign.trend, width = 520, height = 120, left = 8, foot = 20;
  const most = Math.max(1, ...rows.map(of)), runs = Math.max(1, rows.at(-1).runs);
  const x = (row) => left + (row.runs / runs) * (width - 2 * left), y = (row) => height - foot - (of(row) / most) * (height - foot - 24);
  const svg = draw("svg", { width, height, viewBox: `0 0 ${width} ${height}`, role: "img",
    "aria-label": `${name}: ${of(rows[0])} at first, ${of(rows.at(-1))} in the end` });
  svg.append(draw("line", { x1: left, x2: width - left, y1: height - foot, y2: height - foot, class: "life" }));
  svg.append(draw("path", { class: "curve", d: rows.map((row, at) => `${at ? "L" : "M"}${x(row).toFixed(1)} ${y(row).toFixed(1)}`).join("") }));
  svg.append(draw("text", { x: left, y: 14, class: "head" }, `${name}: ${of(rows.at(-1))}${all ? ` of ${all}` : ""}`));
  svg.append(draw("text", { x: width - left, y: height - 5, "text-anchor": "end", class: "muted" }, `${runs} runs`));
  return svg;
}
function trends() {
  if (!data.campaign || data.campaign.trend.length < 2) return byId("trends").remove();
  const { campaign } = data;
  byId("curves").append(curve("transitions", (row) => row.transitions, campaign.transitions_all),
    curve("rules asked", (row) => row.rules, campaign.rules_all), curve("edges of the code", (row) => row.edges, campaign.edges_all),
    curve("found", (row) => row.found, 0));
}

function begin() {
  document.title = `Interlock ${data.command}: ${data.outcome}`;
  byId("command").textContent = `${data.command} ${data.extensions.join(" over ")}`;
  byId("verdict").textContent = data.outcome;
  byId("verdict").classList.add(data.outcome === "as promised" ? "conforms" : data.outcome === "not as promised" ? "violates" : data.outcome);
  const ofStanding = (standing) => data.rules.filter((rule) => rule.standing === standing).length;
  byId("summary").textContent = `${data.campaign ? `${data.campaign.runs} runs, seed ${data.campaign.seed}. ` : `${counted(data.results.length, "scenario")}. `}` +
    `${counted(everything.length, "finding")}. Rules: ${ofStanding("held")} held, ${ofStanding("broken")} broken, ${ofStanding("not exercised")} not exercised.`;
  for (const rule of [...new Set(everything.map((one) => one.found.rule))].sort()) byId("by-rule").append(make("option", { value: rule }, rule));
  for (const standing of standings) byId("by-standing").append(make("option", { value: standing }, standing));
  for (const id of ["by-rule", "by-nic", "by-object"]) byId(id).addEventListener("input", filterFindings);
  for (const id of ["by-standing", "by-words"]) byId(id).addEventListener("input", ruleTable);
  addEventListener("beforeprint", () => {
    drawAll();
    redrawFor(onPaper);
  });
  addEventListener("afterprint", () => redrawFor(onScreen));
  document.addEventListener("keydown", (event) => {
    if (event.key !== "/" || /INPUT|SELECT/.test(event.target.tagName)) return;
    byId("by-nic").focus();
    event.preventDefault();
  });
  filterFindings();
  scenarioTable();
  ruleTable();
  heat();
  underWay();
  code();
  engines();
  trends();
  for (const link of document.querySelectorAll("nav a")) if (!document.querySelector(link.hash)) link.remove();
  document.documentElement.dataset.ready = String(Math.round(performance.now()));
}
begin();
