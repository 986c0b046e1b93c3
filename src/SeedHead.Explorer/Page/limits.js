// The second panel: the least error of N random features for one neuron, and the bound that no features beat.
import { ask, left, say, wentWell } from "/answers.js";
import { chart } from "/charts.js";

const usual = { dimension: 5, features: 64, bias: 0, tolerance: 0.01 };
const ranges = { dimension: [2, 30], features: [1, 512], bias: [-2, 2], tolerance: [1e-4, 0.5] };
const element = id => document.getElementById(id);
const form = element("limits-controls"), place = element("errors");
const log = (title, domain) => ({ type: "quantitative", scale: { type: "log", domain, nice: false, clamp: true }, axis: { title, format: "~g" } });
const x = { field: "features", ...log("Features N", [1, 512]) }, y = { type: "quantitative", scale: { type: "log", domain: [1e-4, 1], nice: false, clamp: true } };
x.axis.values = [1, 2, 4, 8, 16, 32, 64, 128, 256, 512];

const errors = chart(place, {
  description: "Relative error by number of features, both on logarithmic axes, with the bound and the tolerance",
  data: { name: "rows" },
  height: 340,
  layer: [
    { mark: { type: "area", opacity: 0.18, clip: true }, encoding: { x, y: { field: "min", ...y, axis: { title: "Relative error", values: [1, 0.1, 0.01, 0.001, 0.0001], format: "~g" } }, y2: { field: "max" } } },
    { mark: { type: "line", clip: true, point: { filled: true, size: 36 } }, encoding: { x, y: { field: "mean", ...y } } },
    { data: { name: "bounds" }, mark: { type: "line", clip: true, strokeDash: [5, 4], color: { expr: "bound" } }, encoding: { x, y: { field: "bound", ...y } } },
    { data: { name: "tolerance" }, mark: { type: "rule", strokeDash: [2, 3], color: { expr: "soft" } }, encoding: { y: { field: "tolerance", ...y } } },
    { data: { name: "width" }, mark: { type: "rule", strokeDash: [2, 3], color: { expr: "soft" } }, encoding: { x } },
  ],
});

let state = { ...usual }, found = null, wanted = null, running = null;

function read(name, text) {
  const value = Number(text), [least, most] = ranges[name];
  const step = name === "dimension" ? value : name === "features" ? Math.log2(value) : 0; // whole numbers, and powers of 2
  return text.trim() !== "" && value >= least && value <= most && Number.isInteger(step) ? value : undefined;
}

/** The part of the address of this panel. */
export function address() {
  const words = new URLSearchParams({ panel: "limits" });
  for (const name of Object.keys(usual)) if (state[name] !== usual[name]) words.set(name, state[name]);
  return words.toString();
}

/** Shows the state of an address; gives back what of it is none. */
export function open(words) {
  const strange = [];
  state = { ...usual };
  for (const [name, text] of words) {
    if (name === "panel") continue;
    const value = name in usual ? read(name, text) : undefined;
    if (value === undefined) strange.push(`${name}=${text}`.slice(0, 60));
    else state[name] = value;
  }
  take();
  return strange;
}

function take() {
  element("dimension").value = state.dimension;
  element("features").value = Math.log2(state.features);
  element("bias").value = state.bias;
  element("tolerance").value = Math.log10(state.tolerance);
  for (const name of Object.keys(usual)) element(`${name}-text`).value = state[name];
  for (const name of ["features", "tolerance"]) element(name).setAttribute("aria-valuetext", state[name]);
  const query = new URLSearchParams({ dimension: state.dimension, bias: state.bias }).toString();
  if (found?.query === query) draw();
  else want(query);
}

/** The short curve first, then the whole one, unless the sliders have moved on: then the newest state. */
async function want(query) {
  wanted = query;
  if (running) { running.abort(); return; }
  while (wanted) {
    const next = wanted;
    wanted = null;
    running = new AbortController();
    try {
      for (const most of [64, 512]) {
        found = { query: next, ...(await (await ask("/api/limits", `${next}&most=${most}`, running.signal)).json()) };
        wentWell();
        draw();
      }
    } catch (error) {
      if (!left(error)) say(error);
    } finally {
      running = null;
    }
  }
}

const short = value => (value >= 0.001 ? value.toPrecision(2) : value.toExponential(1));

/** Where a falling curve comes down to a level, on logarithms; undefined where it does not. */
function crossing(points, field, level) {
  const at = points.findIndex(point => point[field] <= level);
  if (at <= 0) return at === 0 ? points[0].features : undefined;
  const [before, after] = [points[at - 1], points[at]];
  const share = Math.log(before[field] / level) / Math.log(before[field] / Math.max(after[field], 1e-300));
  return Math.ceil(before.features * (after.features / before.features) ** share);
}

function sentence() {
  const at = found.points.findLast(point => point.features <= state.features), bound = found.bounds.findLast(point => point.features <= state.features);
  const reached = crossing(found.points, "mean", state.tolerance), needed = crossing(found.bounds, "bound", state.tolerance);
  const last = found.points.at(-1).features, most = found.bounds.at(-1).features;
  return `With ${at.features} features the error is ${short(at.mean)} (${short(at.min)} to ${short(at.max)}); no ${at.features} functions fixed beforehand come below ${short(bound.bound)} in the mean. `
    + `A tolerance of ${state.tolerance} ${reached === undefined ? `is not reached by ${last} features` : `is reached by about ${reached} features`}; `
    + (needed === undefined ? `any family needs more than ${most}.` : `any family needs at least about ${needed}.`);
}

function draw() {
  element("verdict").textContent = sentence();
  element("quantifiers").textContent = found.quantifiers;
  errors.show({
    rows: found.points.map(point => ({ ...point, min: Math.max(point.min, 1e-9) })),
    bounds: found.bounds.filter(point => point.features <= 512).map(point => ({ ...point, bound: Math.max(point.bound, 1e-9) })),
    tolerance: [{ tolerance: state.tolerance }],
    width: [{ features: state.features }],
  });
  place.dataset.shows = `${address()} to ${found.points.at(-1).features}`;
}

form.addEventListener("input", ({ target }) => {
  const value = Number(target.value);
  state = { ...state, [target.name]: target.name === "features" ? 2 ** value : target.name === "tolerance" ? Number((10 ** value).toPrecision(3)) : value };
  take();
});
form.addEventListener("change", () => history.pushState(null, "", `#${address()}`));
form.addEventListener("submit", event => event.preventDefault());
