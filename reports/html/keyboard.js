"use strict";
// keyboard.js <chromium> <folder of pages>: what a reader does by keyboard alone, with real keys; what
// axe says of the pages, as wide as a desk and as a telephone, light and dark; that nothing is loaded
// from elsewhere and the console stays silent. With INTERLOCK_SHOTS=<folder> it leaves pictures.

const { readFileSync } = require("node:fs");
const path = require("node:path");
const { chromium } = require("playwright-core");

const [program, folder] = process.argv.slice(2);
const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
const wrong = [];
const expect = (holds, words) => { if (!holds) wrong.push(words); };

async function opened(browser, name, width = 1400, colorScheme = "light") {
  const page = await browser.newPage({ viewport: { width, height: 900 }, colorScheme });
  page.on("console", (message) => { if (message.type() === "error") wrong.push(`${name}: the console says ${message.text()}`); });
  page.on("pageerror", (error) => wrong.push(`${name}: ${error}`));
  page.on("request", (request) => { if (/^(https?|ws)/.test(request.url())) wrong.push(`${name} asks for ${request.url()}`); });
  await page.goto(`file://${path.join(folder, name)}`);
  await page.waitForFunction(() => !document.getElementById("data") || document.documentElement.dataset.ready);
  return page;
}
const focused = (page, of) => page.evaluate(`(${of})(document.activeElement)`);
/** Whether it comes to hold, of what has the focus: drawing and scrolling go on for a moment, longer where others work. */
const comes = (page, of) =>
  page.waitForFunction(`(${of})(document.activeElement)`, null, { timeout: 10000 }).then(() => true, () => false);
/** Presses Tab until the focus is on what the selector names. */
async function tabTo(page, selector, most = 400) {
  for (let presses = 0; presses < most; ++presses) {
    await page.keyboard.press("Tab");
    if (await page.evaluate((wanted) => document.activeElement.matches(wanted), selector)) return true;
  }
  wrong.push(`Tab does not lead to ${selector}`);
  return false;
}
/** What is folded away is made when it is first looked at, in a moment. */
async function unfold(page, selector) {
  await page.keyboard.press("Enter");
  await page.waitForSelector(selector);
}
/** Scrolling goes on for a moment, and is drawn in the frame after it: until a quarter of a second's frames show no more of it. */
const settles = (page) => page.evaluate(() => new Promise((done) => {
  let last = -1, still = 0;
  const look = () => {
    const now = document.activeElement.scrollTop;
    still = now === last ? still + 1 : 0;
    last = now;
    if (still < 15) requestAnimationFrame(look); else done();
  };
  look();
}));
async function press(page, key) {
  await page.keyboard.press(key);
  await settles(page);
}

/** Skip link, filters, the list of all events, and the listing of a source. */
async function readsByKeyboard(browser) {
  const page = await opened(browser, "run.html");
  await page.keyboard.press("Tab");
  expect(await comes(page, "(one) => one.className === 'skip'"), "the first Tab does not lead to the skip link");
  await page.keyboard.press("Enter");
  expect(await comes(page, "(one) => one.id === 'main'"), "the skip link does not lead to the main part");
  await page.keyboard.press("/");
  expect(await comes(page, "(one) => one.id === 'by-nic'"), "/ does not lead to the filter");
  const all = await page.locator("article").count();
  await page.keyboard.type("99/9");
  expect(await comes(page, "() => document.querySelectorAll('article').length === 0"), "what is typed filters nothing");
  for (let letter = 0; letter < 4; ++letter) await page.keyboard.press("Backspace");
  expect(all > 0 && await comes(page, `() => document.querySelectorAll('article').length === ${all}`), "what is taken back does not bring all back");

  await tabTo(page, "details.timeline > summary");
  await unfold(page, ".timeline input[type=search]");
  await tabTo(page, ".timeline input[type=search]", 3);
  const told = await page.evaluate(() => document.activeElement.closest("details").querySelector("output").textContent);
  const about = await page.evaluate(() => everything[0].found.objects.at(-1));
  await page.keyboard.type(` ${about}`);
  const few = await page.evaluate(() => document.activeElement.closest("details").querySelector("output").textContent);
  expect(parseInt(few) > 0 && parseInt(few) < parseInt(told), `of ${told} those with ${about} are ${few}`);
  for (let letter = 0; letter <= String(about).length; ++letter) await page.keyboard.press("Backspace");
  await tabTo(page, ".rows", 5);
  const place = "Number(one.getAttribute('aria-activedescendant').split('-').at(-1))";
  const broken = await focused(page, `(one) => ${place}`);
  const chosen = (wanted) => comes(page, `(one) => ${place} === ${wanted}`);
  await press(page, "Home");
  expect(await chosen(0), "Home does not lead to the first event");
  await press(page, "ArrowDown");
  expect(await chosen(1), "the arrow does not lead to the next event");
  await press(page, "n");
  expect(await chosen(broken), "n does not lead to the breaking event");

  await page.waitForSelector(".code-file > summary");
  await page.evaluate(() => {  // Of the first file of which not all was run.
    const all = [...document.querySelectorAll(".code-file > summary")];
    all.find((one) => !/: (\d+) of \1 /.test(one.textContent)).dataset.wanted = "";
  });
  await tabTo(page, "[data-wanted]");
  await unfold(page, ".code-file[open] .listing");
  await tabTo(page, ".listing", 3);
  await press(page, "n");
  expect(await comes(page, "(one) => /never/.test(one.querySelector('.chosen')?.textContent)"), "n does not lead to a line that was never run");
  await page.close();
}

/** A sequence of more than a thousand events: only what can be seen is drawn, and keys lead everywhere. */
async function goesThroughALongSequence(browser) {
  const page = await opened(browser, "sequence.html");
  expect(await page.evaluate(() => everything[0].found.about.length) > 1000, "the sequence is short");
  if (!await tabTo(page, ".diagram.long")) return;
  const drawn = () => focused(page, "(one) => one.querySelectorAll('.tall g').length");
  const first = () => focused(page, "(one) => one.querySelector('.tall g text').textContent");
  const top = () => focused(page, "(one) => one.scrollTop");
  const broken = () => comes(page, (long) => {
    const box = long.getBoundingClientRect(), one = long.querySelector(".wrong text")?.getBoundingClientRect();
    return Boolean(one) && one.top >= box.top - 1 && one.bottom <= box.bottom + 1;
  });
  await settles(page);
  expect(await broken(), "the breaking event is not seen at first");
  await press(page, "Home");
  expect(await comes(page, "(one) => one.scrollTop === 0"), "Home does not lead to the begin of the sequence");
  const begin = await first();
  await press(page, "PageDown");
  expect(await comes(page, "(one) => one.scrollTop > 0"), "PageDown does not go on");
  const after = await top();
  await press(page, "ArrowDown");
  expect(await comes(page, `(one) => one.scrollTop > ${after}`), "the arrow does not go on");
  await press(page, "End");
  expect(await comes(page, `(one) => one.querySelector(".tall g text").textContent !== ${JSON.stringify(begin)}`), "End shows what Home did");
  expect(await drawn() < 120, `${await drawn()} events are drawn at once`);
  await press(page, "Home");
  await press(page, "n");
  expect(await broken(), "n does not lead to the breaking event");
  await page.close();
}

/** How long it takes is told; on a machine of one's own it is to be under 2 s. */
async function opensQuickly(browser) {
  const page = await opened(browser, "long.html");
  const ready = await page.evaluate(() => Number(document.documentElement.dataset.ready));
  const events = await page.evaluate(() => data.results[0].events.call.length);
  await page.close();
  expect(events >= 100000, `the long run has ${events} events only`);
  expect(ready < 20000, `${events} events are drawn after ${ready} ms`);
  return `${events} events drawn after ${ready} ms`;
}

async function asksAxe(browser, name) {
  const looks = [[1400, "light"], [400, "dark"]];
  if (process.env.INTERLOCK_SHOTS) looks.push([1400, "dark"], [400, "light"]);
  for (const [width, scheme] of looks) {
    const page = await opened(browser, name, width, scheme);
    await page.evaluate(() => typeof drawAll === "undefined" || drawAll());
    await page.evaluate(axe);
    const told = await page.evaluate(() => window.axe.run(document, { resultTypes: ["violations"] }));
    for (const one of told.violations)
      wrong.push(`${name}, ${width} pixels, ${scheme}: axe: ${one.id}, ${one.nodes.length} times, first ${one.nodes[0].target}`);
    const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    expect(over <= 0, `${name}, ${width} pixels: it is ${over} pixels too wide`);
    if (process.env.INTERLOCK_SHOTS)
      await page.screenshot({ path: path.join(process.env.INTERLOCK_SHOTS, `${name}.${width}.${scheme}.png`), fullPage: true });
    await page.close();
  }
}

(async () => {
  const browser = await chromium.launch({ executablePath: program, args: ["--no-sandbox", "--disable-gpu"] });
  await readsByKeyboard(browser);
  await goesThroughALongSequence(browser);
  const opening = await opensQuickly(browser);
  for (const name of ["fuzz.html", "status.html"]) await asksAxe(browser, name);
  await browser.close();
  console.log(wrong.length ? wrong.join("\n") : `ok, ${opening}`);
  process.exit(wrong.length ? 1 : 0);
})();
