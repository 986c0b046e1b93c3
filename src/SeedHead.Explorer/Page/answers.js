// Requests: an answer, or an error with the server's own sentence.
export async function ask(path, query, signal) {
  const response = await fetch(query ? `${path}?${query}` : path, { signal });
  if (!response.ok) {
    let sentence = `The server answered ${response.status}.`;
    try { sentence = (await response.json()).error; } catch { /* no sentence: the number has to do */ }
    throw new Error(sentence);
  }
  return response;
}

/** The objects of an answer of one object a line, as they come. */
export async function* lines(response) {
  const decoder = new TextDecoder();
  let text = "";
  for await (const bytes of response.body) {
    text += decoder.decode(bytes, { stream: true });
    const whole = text.split("\n");
    text = whole.pop();
    for (const line of whole) yield JSON.parse(line);
  }
}

export const left = error => error.name === "AbortError";

const message = document.getElementById("message");
let failed = false;

/** Says what went wrong with a request, until one goes well again. */
export function say(error) {
  failed = true;
  message.textContent = error instanceof TypeError ? "The explorer does not answer: is `seedhead serve` still running?" : error.message;
}

export function wentWell() {
  if (failed) message.textContent = "";
  failed = false;
}
