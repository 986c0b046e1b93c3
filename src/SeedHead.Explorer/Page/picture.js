// The picture and the facts of a state. A frame is both, one after the other. While a slider moves, a frame that has begun is shown if it comes soon, so that a
// steady hand sees every change; one that takes longer is given up for the newest state.
import { ask, left, say, wentWell } from "/answers.js";
import { networkQuery } from "/state.js";
import { showFacts } from "/facts.js";

const patience = 120; // ms
const slow = 150;     // a picture that took so long is sketched first
const image = document.getElementById("picture");
const time = document.getElementById("time");

let wanted = null, running = null, began = 0, givingUp = 0, address = null, lastTook = 0;

/** Asks for the frame of a state; the clock of this change begins now. */
export function want(state, settled) {
  wanted = { state, settled, at: performance.now() };
  if (!running) { void run(); return; }
  clearTimeout(givingUp);
  const stop = running;
  givingUp = setTimeout(() => stop.abort(), Math.max(0, patience - (performance.now() - began)));
}

async function run() {
  while (wanted) {
    const frame = wanted;
    wanted = null;
    running = new AbortController();
    began = performance.now();
    try {
      await draw(frame, running.signal);
      wentWell();
    } catch (error) {
      if (!left(error)) say(error);
    } finally {
      clearTimeout(givingUp);
      running = null;
    }
  }
}

async function draw({ state, settled, at }, signal) {
  const query = networkQuery(state);
  if (lastTook > slow) await put(await ask("/api/picture", `${query}&side=64`, signal), signal, query);
  const start = performance.now();
  await put(await ask("/api/picture", query, signal), signal, query);
  const now = performance.now();
  lastTook = now - start;
  performance.measure("slider to picture", { start: at, end: now });
  time.textContent = `256 × 256 values, ${Math.round(now - at)} ms after the change`;
  const facts = await (await ask("/api/measures", query, signal)).json();
  showFacts(facts);
  image.alt = `Function of ${facts.net}, scale ${state.scale}, seed ${state.seed}, on the square from −1 to 1`;
  if (!wanted) settled();
}

/** Shows a picture, and returns when it has been painted. */
async function put(response, signal, query) {
  const blob = await response.blob();
  const next = URL.createObjectURL(blob);
  const loaded = new Promise((resolve, reject) => {
    image.onload = resolve;
    image.onerror = () => reject(new Error("The picture cannot be read."));
  });
  image.src = next;
  await loaded;
  if (address) URL.revokeObjectURL(address);
  address = next;
  await new Promise(requestAnimationFrame);
  signal.throwIfAborted();
  image.dataset.shows = query;
}
