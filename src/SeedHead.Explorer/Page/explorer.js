// The page: one state; controls and the address change it, everything else shows it.
import { fromAddress, moved, nextSeed, query, seedFrom, show } from "/state.js";
import { want } from "/picture.js";
import { around, onGo } from "/map.js";

const message = document.getElementById("message"), controls = document.getElementById("controls");
const titles = { functions: "What an untrained network prefers", limits: "What random features cannot learn" };
let state = null, limits = null;

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

function explain(strange) {
  message.textContent = strange.length ? `Not understood in the link: ${strange.join(", ")}.` : "";
}

/** Shows one panel; the way to the other leads to the state it was left in. */
function turnTo(panel) {
  for (const name of ["functions", "limits"]) {
    document.getElementById(name).hidden = name !== panel;
    document.getElementById(`to-${name}`).ariaCurrent = name === panel ? "page" : null;
  }
  document.getElementById("title").textContent = titles[panel];
}

async function open() {
  const words = new URLSearchParams(location.hash.slice(1));
  if (words.get("panel") === "limits") {
    turnTo("limits");
    limits ??= await import("/limits.js");
    explain(limits.open(words));
    document.getElementById("to-functions").hash = state ? query(state) : "";
    return;
  }
  turnTo("functions");
  if (limits) document.getElementById("to-limits").hash = limits.address();
  const { state: next, strange } = fromAddress(location.hash);
  take(next, { kept: false, fromHistory: true });
  explain(strange);
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
void open();
