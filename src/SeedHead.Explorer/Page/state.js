// The state of the page: what the controls say, as an object and as the part of the address behind '#'.
export const usual = {
  activation: "tanh", depth: 4, width: 64, scale: 5.18, residual: 0, norm: 0, gating: 0, prior: "flat", seed: "42", measure: "dct",
};
const limits = { depth: [1, 8], width: [1, 256], scale: [0.1, 100] };
const flags = ["residual", "norm", "gating"];
const mostSeed = 2n ** 64n - 1n;
const element = id => document.getElementById(id);

export const round = (value, digits) => Number(value.toPrecision(digits));

/** A value as it may be, or undefined where the text is none. */
function read(name, text) {
  if (name in limits) {
    const value = Number(text), [least, most] = limits[name];
    const allowed = text.trim() !== "" && value >= least && value <= most && (name === "scale" || Number.isInteger(value));
    return allowed ? value : undefined;
  }
  if (flags.includes(name)) return text === "0" || text === "1" ? Number(text) : undefined;
  if (name === "seed") return /^\d{1,20}$/.test(text) && BigInt(text) <= mostSeed ? String(BigInt(text)) : undefined;
  return [...element(name).options].some(option => option.value === text) ? text : undefined;
}

/** The state of an address, and what of it is no state. */
export function fromAddress(hash) {
  const state = { ...usual }, strange = [];
  for (const [name, text] of new URLSearchParams(hash.replace(/^#/, ""))) {
    const value = name in usual ? read(name, text) : undefined;
    if (value === undefined) strange.push(text === "" ? name : `${name}=${text}`.slice(0, 60));
    else state[name] = value;
  }
  return { state, strange };
}

/** What differs from the usual state, as a query. */
export function query(state, names = Object.keys(usual)) {
  const words = new URLSearchParams();
  for (const name of names) if (state[name] !== usual[name]) words.set(name, state[name]);
  return words.toString();
}

/** The network alone, without what only the map needs. */
export const networkQuery = state => query(state, Object.keys(usual).filter(name => name !== "measure"));

export const seedFrom = text => read("seed", text.trim());
export const nextSeed = seed => String((BigInt(seed) + 1n) % (mostSeed + 1n));

/** Puts a state into the controls. */
export function show(state) {
  for (const name of ["activation", "prior", "seed", "measure", "depth"]) element(name).value = state[name];
  for (const name of flags) element(name).checked = state[name] === 1;
  element("width").value = Math.log2(state.width);
  element("scale").value = Math.log10(state.scale);
  element("depth-text").value = state.depth;
  element("width-text").value = state.width;
  element("scale-text").value = state.scale;
  element("width").setAttribute("aria-valuetext", state.width);
  element("scale").setAttribute("aria-valuetext", state.scale);
}

/** The state after one control has moved. */
export function moved(state, control) {
  const next = { ...state };
  switch (control.name) {
    case "depth": next.depth = Number(control.value); break;
    case "width": next.width = Math.round(2 ** Number(control.value)); break;
    case "scale": next.scale = round(10 ** Number(control.value), 3); break;
    case "seed": next.seed = seedFrom(control.value) ?? state.seed; break;
    default: next[control.name] = control.type === "checkbox" ? Number(control.checked) : control.value;
  }
  return next;
}
