// Colour theme and text size, kept between visits. A classic script, so that both are set before the first paint.
(() => {
  const root = document.documentElement;
  const sizes = [16, 18, 20, 23, 27];
  const recall = (key) => { try { return localStorage.getItem(key); } catch { return null; } };
  const keep = (key, value) => { try { localStorage.setItem(key, value); } catch { /* storage is off: this visit only */ } };

  const systemDark = matchMedia("(prefers-color-scheme: dark)");
  const setTheme = (theme) => {
    root.dataset.theme = theme;
    for (const button of document.querySelectorAll("[data-theme-toggle]")) {
      button.textContent = theme === "dark" ? "Light" : "Dark";
      button.setAttribute("aria-label", theme === "dark" ? "Light colours" : "Dark colours");
    }
    document.dispatchEvent(new CustomEvent("themechange", { detail: theme }));
  };
  const setSize = (size) => { root.style.setProperty("--base", `${size}px`); root.dataset.size = size; };

  setTheme(recall("theme") ?? (systemDark.matches ? "dark" : "light"));
  setSize(Number(recall("size")) || 18);
  systemDark.addEventListener("change", () => { if (!recall("theme")) setTheme(systemDark.matches ? "dark" : "light"); });

  document.addEventListener("DOMContentLoaded", () => {
    setTheme(root.dataset.theme);
    for (const button of document.querySelectorAll("[data-theme-toggle]")) {
      button.addEventListener("click", () => {
        const theme = root.dataset.theme === "dark" ? "light" : "dark";
        keep("theme", theme);
        setTheme(theme);
      });
    }
    for (const button of document.querySelectorAll("[data-font-step]")) {
      button.addEventListener("click", () => {
        const at = sizes.findIndex((size) => size >= Number(root.dataset.size));
        const size = sizes[Math.min(sizes.length - 1, Math.max(0, at + Number(button.dataset.fontStep)))];
        keep("size", size);
        setSize(size);
      });
    }
  });
})();
