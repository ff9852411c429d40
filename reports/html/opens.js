"use strict";
/** What a reader does with the page; the outcome is left in it. */
const readable = 4.5;

/** Red, green, blue and how much of it covers what is below. */
const colours = (text) => {
  const [red, green, blue, cover = 1] = text.match(/[\d.]+/g).map(Number);
  return { parts: [red, green, blue], cover };
};
function groundOf(element) {
  const layers = [];
  for (let one = element; one; one = one.parentElement) layers.push(colours(getComputedStyle(one).backgroundColor));
  return layers.reverse().reduce((below, { parts, cover }) =>
    below.map((part, place) => part * (1 - cover) + parts[place] * cover), [255, 255, 255]);
}
const brightness = (parts) => parts.map((part) => part / 255).map((part) => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4)
  .reduce((sum, part, place) => sum + part * [0.2126, 0.7152, 0.0722][place], 0);
function contrast(element) {
  const style = getComputedStyle(element), ink = colours(element.namespaceURI.endsWith("svg") ? style.fill : style.color).parts;
  const [dark, light] = [brightness(ink), brightness(groundOf(element))].sort((one, other) => one - other);
  return (light + 0.05) / (dark + 0.05);
}
/** Of each look one: the same class in the same kind of place reads the same. */
function unreadable() {
  const looks = new Map();
  for (const element of document.querySelectorAll("body *")) {
    if (![...element.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim())) continue;
    if (/^(SCRIPT|STYLE|NOSCRIPT|title)$/.test(element.tagName) || !element.getClientRects().length) continue;
    looks.set(`${element.tagName}.${element.getAttribute("class")}<${element.parentElement.getAttribute("class")}${element.style.background}`, element);
  }
  return [...looks].filter(([, element]) => contrast(element) < readable).map(([look]) => look);
}
async function axed() {
  if (!window.axe) return [];
  const told = await axe.run(document, { resultTypes: ["violations"] });
  return told.violations.map((one) => `axe: ${one.id}, ${one.nodes.length} times, first ${one.nodes[0].target}`);
}
(async function test() {
  const wrong = [];
  const expect = (holds, words) => { if (!holds) wrong.push(words); };
  const type = (id, value) => {
    byId(id).value = value;
    byId(id).dispatchEvent(new Event("input", { bubbles: true }));
  };
  const cards = () => document.querySelectorAll("article").length;
  const all = everything.length;
  drawAll();
  expect(all > 0 && cards() === all, `${cards()} of ${all} findings are drawn`);
  const untold = everything.flatMap(({ found, made }) => {
    const labels = [...made.querySelectorAll("dt")].map((one) => one.textContent);
    return found.facts.filter((fact) => !labels.includes(fact.label) ||
      !fact.told.every((one) => made.textContent.includes(one.text) && made.textContent.includes(one.from)));
  });
  expect(!untold.length, `${untold.length} facts are not told, first ${JSON.stringify(untold[0])}`);
  expect(everything.some(({ found }) => found.facts.some((fact) => fact.label === "legal")), "nothing legal is named");

  const rule = everything[0].found.rule;
  type("by-rule", rule);
  const few = cards();
  expect(few > 0 && few < all, `by rule ${few} of ${all} are left`);
  expect([...document.querySelectorAll("article h3")].every((title) => title.textContent.startsWith(rule)), "another rule is left");
  type("by-rule", "");
  const named = everything.find((one) => one.found.nics.length).found.nics[0];
  type("by-nic", named);
  expect(cards() > 0 && cards() < all, `by adapter ${cards()} are left`);
  type("by-nic", "");
  const carried = everything.find((one) => one.found.objects.length).found.objects[0];
  type("by-object", String(carried));
  expect(cards() > 0 && cards() < all, `by packet ${cards()} are left`);
  type("by-object", "");
  expect(cards() === all, "not all come back");

  type("by-standing", "not exercised");
  expect(![...document.querySelectorAll("#rule-table tbody .held")].length, "a rule that held is shown as not exercised");
  type("by-standing", "");
  expect(document.querySelectorAll("#rule-table tbody tr").length === data.rules.length, "rules are missing");
  expect(document.querySelectorAll("table.machine").length === data.machines.length, "machines are missing");

  document.body.dispatchEvent(new KeyboardEvent("keydown", { key: "/", bubbles: true }));
  expect(document.activeElement === byId("by-nic"), "/ does not lead to the filter");
  const box = document.querySelector("details.timeline"), rows = box.querySelector(".rows");
  box.open = true;
  box.dispatchEvent(new Event("toggle"));
  const before = rows.getAttribute("aria-activedescendant");
  rows.dispatchEvent(new KeyboardEvent("keydown", { key: "Home", bubbles: true }));
  expect(rows.getAttribute("aria-activedescendant").endsWith("-0"), "Home does not lead to the first event");
  rows.dispatchEvent(new KeyboardEvent("keydown", { key: "n", bubbles: true }));
  expect(rows.getAttribute("aria-activedescendant") === before, "n does not lead to the breaking event");
  expect(rows.querySelector(".hit"), "the breaking event is not marked");
  expect(document.querySelector("svg .wrong"), "the broken step is not marked");

  const nameless = [...document.querySelectorAll("button, input, select, [role=img], [role=region], [role=listbox]")].filter((one) =>
    !(one.getAttribute("aria-label") || one.textContent.trim() || one.closest("label")));
  expect(!nameless.length, `${nameless.length} controls have no name`);
  const ids = [...document.querySelectorAll("[id]")].map((one) => one.id);
  expect(new Set(ids).size === ids.length, "two elements have one id");
  expect(document.documentElement.lang && document.querySelectorAll("h1").length === 1, "no language, or not one h1");
  const pale = unreadable();
  expect(!pale.length, `too pale: ${pale.join(", ")}`);
  wrong.push(...await axed());
  expect(!performance.getEntriesByType("resource").some((one) => /^https?:/.test(one.name)), "something was loaded");
  const result = document.createElement("pre");
  result.id = "tested";
  result.textContent = wrong.join("; ") || `ok, drawn after ${document.documentElement.dataset.ready} ms`;
  document.body.append(result);
})();
