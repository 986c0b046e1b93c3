// The measures as a table, the network as text, the spectrum as a chart.
import { chart } from "/charts.js";

const body = document.getElementById("measures");
const spectrum = chart(document.getElementById("spectrum"), {
  description: "Mean amplitude by frequency, both on logarithmic axes",
  data: { name: "rows" },
  height: 200,
  mark: { type: "line", strokeWidth: 1.8, clip: true },
  encoding: {
    x: { field: "frequency", type: "quantitative", scale: { type: "log", domain: [1, 64], nice: false }, axis: { title: "Frequency (periods of the square)", values: [1, 2, 4, 8, 16, 32, 64] } },
    y: { field: "amplitude", type: "quantitative", scale: { type: "log", domain: [1e-4, 1], clamp: true }, axis: { title: "Amplitude", values: [1, 0.1, 0.01, 0.001, 0.0001], format: "~g" } },
    color: { field: "transform", type: "nominal", scale: { domain: ["Fourier", "cosine"] }, legend: { title: null, orient: "top", symbolType: "stroke", symbolStrokeWidth: 3 } },
    strokeDash: { field: "transform", type: "nominal", scale: { domain: ["Fourier", "cosine"], range: [[1, 0], [5, 3]] } },
  },
});

export function showFacts(facts) {
  document.getElementById("net").textContent = facts.net;
  document.getElementById("command").textContent = facts.command;
  if (body.rows.length !== facts.measures.length) {
    body.replaceChildren(...facts.measures.map(row));
    document.getElementById("meanings").replaceChildren(...facts.measures.flatMap(meaning));
  }
  facts.measures.forEach((measure, i) => { body.rows[i].lastChild.textContent = text(measure); });
  const rows = (name, transform) => facts[name].map((amplitude, i) => ({ frequency: i + 1, amplitude: Math.max(amplitude, 1e-9), transform }));
  spectrum.show({ rows: [...rows("fourier", "Fourier"), ...rows("cosine", "cosine")] });
}

/** A measure as four significant digits, or the cause why there is none. */
export function text(measure, digits = 4) {
  if (measure.value === null) return measure.cause;
  return Number.isInteger(measure.value) ? String(measure.value) : measure.value.toPrecision(digits);
}

function row(measure) {
  const line = document.createElement("tr"), name = document.createElement("th"), value = document.createElement("td");
  name.scope = "row";
  name.textContent = measure.name;
  name.title = measure.meaning;
  value.className = "n";
  line.append(name, value);
  return line;
}

function meaning(measure) {
  const word = document.createElement("dt"), sentence = document.createElement("dd");
  word.textContent = measure.name;
  sentence.textContent = measure.meaning;
  return [word, sentence];
}
