// The neighbourhood: the same network at other weight scales and depths, as small functions or as values of a measure.
import { ask, left, lines, say } from "/answers.js";
import { query, usual } from "/state.js";
import { text } from "/facts.js";

const grid = document.getElementById("grid"), status = document.getElementById("map-state"), shown = document.getElementById("show");
const heats = 16, lastDark = 9;
const alike = Object.keys(usual).filter(name => name !== "scale" && name !== "depth"); // what all places of a map have in common
let cells = [], axes = null, running = null, family = null, sheet = null, go = () => {}, here = null;

/** Calls go(scale, depth) when a place is chosen. */
export function onGo(action) { go = action; }

/** Shows the map around a state: asks for it where the networks differ, else only marks the place. */
export function around(state) {
  here = state;
  const key = query(state, alike);
  if (key === family) { mark(); return; }
  family = key;
  running?.abort();
  running = new AbortController();
  void fill(state, running.signal);
}

async function fill(state, signal) {
  try {
    const words = query(state);
    forget();
    let done = 0;
    for await (const line of lines(await ask("/api/map", words, signal))) {
      if (line.scales) { begin(line); continue; }
      cells[line.row][line.column].found = line;
      status.textContent = `${++done} of ${axes.scales.length * axes.depths.length} networks`;
      if (done % 4 === 0) paint();
    }
    const blob = await (await ask("/api/map/sheet", words, signal)).blob();
    sheet = URL.createObjectURL(blob);
    paint();
    status.textContent = summary();
    grid.dataset.shows = query(state, alike);
  } catch (error) {
    if (left(error)) return;
    family = null;
    say(error);
  }
}

function forget() {
  if (sheet) URL.revokeObjectURL(sheet);
  sheet = null;
  for (const cell of cells.flat()) cell.found = null;
  delete grid.dataset.shows;
}

/** Makes the places once; later maps have the same. */
function begin(line) {
  if (axes) { paint(); return; }
  axes = line;
  const corner = label("", "");
  grid.append(row([corner, ...axes.depths.map(depth => label(depth, "depth", "columnheader"))]));
  cells = axes.scales.map((scale, i) => {
    const places = axes.depths.map((depth, j) => place(i, j, scale, depth));
    grid.append(row([label(scale, "scale", "rowheader"), ...places.map(one => one.button)]));
    return places;
  });
  mark();
}

function row(children) {
  const line = document.createElement("div");
  line.setAttribute("role", "row");
  line.append(...children);
  return line;
}

function label(words, style, role = "presentation") {
  const one = document.createElement("span");
  one.className = `axis ${style}`;
  one.setAttribute("role", role);
  one.textContent = words;
  return one;
}

function place(i, j, scale, depth) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "";
  button.setAttribute("role", "gridcell");
  button.tabIndex = -1;
  button.style.backgroundPosition = `${(100 * j) / (axes.depths.length - 1)}% ${(100 * i) / (axes.scales.length - 1)}%`;
  button.addEventListener("click", () => go(scale, depth));
  button.addEventListener("keydown", event => arrow(event, i, j));
  return { button, scale, depth, found: null };
}

function arrow(event, i, j) {
  const [down, right] = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] }[event.key] ?? [0, 0];
  const next = cells[i + down]?.[j + right];
  if (!next || (down === 0 && right === 0)) return;
  event.preventDefault();
  reach(next.button);
  next.button.focus();
}

/** The one place that Tab leads to. */
function reach(button) {
  for (const cell of cells.flat()) cell.button.tabIndex = cell.button === button ? 0 : -1;
}

function values() { return cells.flat().flatMap(cell => cell.found?.value ?? []); }

function summary() {
  const all = values();
  if (all.length === 0) return `${here.measure} is undefined everywhere`;
  const [dark, bright] = shown.value === "values" ? [" (dark)", " (bright)"] : ["", ""];
  return `${here.measure} from ${text({ value: Math.min(...all) }, 3)}${dark} to ${text({ value: Math.max(...all) }, 3)}${bright}`;
}

function paint() {
  const all = values(), least = Math.min(...all), greatest = Math.max(...all), pictured = shown.value === "functions" && sheet !== null;
  for (const { button, scale, depth, found } of cells.flat()) {
    const level = found?.value == null ? -1 : greatest > least ? Math.min(heats - 1, Math.floor(heats * (found.value - least) / (greatest - least))) : 0;
    button.className = level < 0 ? "" : `heat${level} ${level <= lastDark ? "dark" : "light"}${pictured ? " pictured" : ""}`;
    button.style.backgroundImage = pictured ? `url("${sheet}")` : "";
    button.textContent = found ? (found.value === null ? "none" : text(found, 2)) : "";
    button.setAttribute("aria-label", `scale ${scale}, ${depth} hidden ${depth === 1 ? "layer" : "layers"}: ${found ? text(found) : "not yet"}`);
    button.title = button.getAttribute("aria-label");
  }
  mark();
}

/** Marks the place next to the state. */
function mark() {
  if (cells.length === 0) return;
  const distance = scale => Math.abs(Math.log(scale / here.scale));
  const near = axes.scales.reduce((best, scale) => (distance(scale) < distance(best) ? scale : best));
  for (const cell of cells.flat()) {
    const at = cell.scale === near && cell.depth === here.depth;
    cell.button.setAttribute("aria-selected", String(at));
    if (at && !grid.contains(document.activeElement)) reach(cell.button);
  }
}

shown.addEventListener("change", () => {
  paint();
  if (sheet) status.textContent = summary();
});
