// On a phone the pages are a menu. Its button stands beside the one to leave, outside what Streamlit draws,
// and stays there where one scrolls; on wider screens neither is seen (static/style.css).
window.menu ??= (() => {
  const button = Object.assign(document.createElement("button"), { id: "menu", type: "button", textContent: "☰" });
  const pages = () => document.querySelector(".st-key-pages");
  const open = (yes) => button.setAttribute("aria-expanded", String(yes));
  const isOpen = () => button.getAttribute("aria-expanded") === "true";
  open(false);
  button.addEventListener("click", () => {
    open(!isOpen());
    if (isOpen()) (pages()?.querySelector("[aria-current]") ?? pages())?.focus();
  });
  // whatever is chosen, in it or beside it, closes it
  document.addEventListener("click", ({ target }) => target !== button && open(false));
  document.addEventListener("keydown", ({ key }) => {
    if (key !== "Escape" || !isOpen()) return;
    open(false);
    button.focus();
  });

  return (name) => {
    if (button.title !== name) [button.title, button.ariaLabel] = [name, name];
    if (!button.isConnected) document.getElementById("leave").after(button);
  };
})();
