// The page: one state; controls and the address change it, everything else shows it.
import { fromAddress, moved, nextSeed, query, seedFrom, show } from "/state.js";
import { want } from "/picture.js";
import { around, onGo } from "/map.js";

const message = document.getElementById("message"), controls = document.getElementById("controls");
let state = null;

/** Takes a state over. `kept`: whether the way back leads here. */
function take(next, { kept, fromHistory = false }) {
  state = next;
  show(state);
  message.textContent = "";
  if (!fromHistory) {
    const words = query(state), address = words ? `#${words}` : location.pathname;
    if (kept && `#${words}` !== (location.hash || "#")) history.pushState(null, "", address);
  }
  const settled = state;
  want(state, () => { if (settled === state) around(state); });
}

function open() {
  const { state: next, strange } = fromAddress(location.hash);
  take(next, { kept: false, fromHistory: true });
  message.textContent = strange.length ? `Not understood in the link: ${strange.join(", ")}.` : "";
}

controls.addEventListener("input", event => {
  if (event.target.name && event.target.name !== "seed") take(moved(state, event.target), { kept: false });
});
for (const id of ["controls", "measure"]) {
  document.getElementById(id).addEventListener("change", event => {
    if (event.target.name === "seed" && seedFrom(event.target.value) === undefined) {
      message.textContent = "A seed is a whole number from 0 to 18446744073709551615.";
      return;
    }
    take(moved(state, event.target), { kept: true });
  });
}
controls.addEventListener("submit", event => event.preventDefault());
document.getElementById("next").addEventListener("click", () => take({ ...state, seed: nextSeed(state.seed) }, { kept: true }));
onGo((scale, depth) => take({ ...state, scale, depth }, { kept: true }));
addEventListener("popstate", open);
open();
