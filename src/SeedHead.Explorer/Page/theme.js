// Light or dark: as the system has it until the button is used; the choice is remembered.
const key = "seedhead-theme";
const system = matchMedia("(prefers-color-scheme: dark)");
const button = () => document.getElementById("theme");

function stored() {
  try { return localStorage.getItem(key); } catch { return null; }
}

export function isDark() {
  return (document.documentElement.dataset.theme ?? (system.matches ? "dark" : "light")) === "dark";
}

function show() {
  button().setAttribute("aria-pressed", String(isDark()));
  document.dispatchEvent(new CustomEvent("theme"));
}

const chosen = stored();
if (chosen === "dark" || chosen === "light") document.documentElement.dataset.theme = chosen;
button().addEventListener("click", () => {
  const theme = isDark() ? "light" : "dark";
  document.documentElement.dataset.theme = theme;
  try { localStorage.setItem(key, theme); } catch { /* a private window remembers nothing */ }
  show();
});
system.addEventListener("change", show);
show();
