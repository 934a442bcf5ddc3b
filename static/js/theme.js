// Light, dark or as the computer says. Without script the form posts and the server sets the same cookie.
const root = document.documentElement;

document.addEventListener("submit", (event) => {
  const form = event.target.closest("[data-theme-switch]");
  const button = event.submitter;
  if (!form || !button) return;
  event.preventDefault();
  const theme = button.value;
  const isSystem = theme === "system";
  const secure = location.protocol === "https:" ? "; Secure" : "";
  document.cookie = `theme=${theme}; Path=/; SameSite=Lax; Max-Age=${isSystem ? 0 : 31536000}${secure}`;
  if (isSystem) root.removeAttribute("data-theme");
  else root.setAttribute("data-theme", theme);
  for (const other of form.querySelectorAll("button[name=theme]")) {
    other.setAttribute("aria-pressed", String(other === button));
  }
});
