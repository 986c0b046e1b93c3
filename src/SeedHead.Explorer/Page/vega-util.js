// What vega-interpreter.js imports, from the copy inside vega.min.js.
export const { ascending, isString, DisallowedObjectProperties } = globalThis.vega;
