// Charts by Vega-Lite, without code made from text: expressions are interpreted, so the page needs no 'unsafe-eval'.
let tools = null;

function load(path) {
  return new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = path;
    script.async = false; // in this order: Vega-Lite reads Vega
    script.onload = resolve;
    script.onerror = () => reject(new Error(`${path} does not load.`));
    document.head.append(script);
  });
}

async function loadTools() {
  await Promise.all([load("/vega.min.js"), load("/vega-lite.min.js")]);
  const { expressionInterpreter } = await import("/vega-interpreter.js");
  return { vega: globalThis.vega, vegaLite: globalThis.vegaLite, expressionInterpreter };
}

const colour = name => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

/** Colours and letters of the page, as they are now. */
function config() {
  const font = getComputedStyle(document.body).fontFamily, soft = colour("--soft"), line = colour("--grid"), ink = colour("--ink");
  return {
    background: null,
    font,
    view: { stroke: null },
    axis: { labelColor: soft, titleColor: soft, gridColor: line, domainColor: soft, tickColor: soft, labelFontSize: 12, titleFontSize: 12, titleFontWeight: 500 },
    legend: { labelColor: ink, titleColor: soft, labelFontSize: 12 },
    range: { category: [colour("--s1"), colour("--s2"), ink] },
    mark: { color: colour("--s1") },
    params: [{ name: "bound", value: colour("--s2") }, { name: "soft", value: soft }],
  };
}

/** A chart in a place of the page, drawn once there is something to show, and again in other colours or at another width. */
export function chart(place, spec) {
  let view = null, sets = null, drawing = Promise.resolve();

  async function draw() {
    tools ??= loadTools();
    const { vega, vegaLite, expressionInterpreter } = await tools;
    const wide = { $schema: "https://vega.github.io/schema/vega-lite/v6.json", width: "container", autosize: { type: "fit", contains: "padding" }, ...spec, config: config() };
    const parsed = vega.parse(vegaLite.compile(wide).spec, null, { ast: true });
    view?.finalize();
    view = new vega.View(parsed, { expr: expressionInterpreter, renderer: "canvas", container: place, hover: false });
    await fill();
  }

  async function fill() {
    for (const [name, rows] of Object.entries(sets)) view.data(name, rows);
    await view.runAsync();
    place.dataset.points = sets.rows.length;
  }

  function later(work) {
    drawing = drawing.then(work).catch(error => { place.textContent = `No chart: ${error.message}`; });
  }

  function forget() {
    view?.finalize();
    view = null; // drawn anew when its panel is shown again
  }

  document.addEventListener("theme", () => { if (sets) later(() => (place.offsetParent ? draw() : forget())); });
  return {
    /** Shows data sets by name: { rows: [...], … }. */
    show(next) {
      sets = next;
      later(() => (view ? fill() : draw()));
    },
  };
}
