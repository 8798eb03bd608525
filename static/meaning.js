// What a code means, wherever its label stands: in a menu, a chip, a table. Shown by pointer, focus
// and touch in one box of our own, which stays while the pointer is on it and leaves with Escape.
// The `meanings` of labels come with the page (pages/shared/meanings.py).
window.meaning ??= (() => {
  const CELL = ".table :is(th, td):not(thead :first-child)"; // which names the rows
  const CARRIER = `[role=option], [data-tag], .st-key-chips button, ${CELL}`;
  const WAIT = 250; // milliseconds: a pointer that passes shows nothing, and may cross to the box
  const HELD = 500; // a finger that rests on a chip asks what it means, and does not take it away
  const box = document.body.appendChild(document.createElement("div"));
  Object.assign(box, { id: "meaning", hidden: true });
  box.setAttribute("role", "tooltip");
  let shown, due, touched;

  const carrier = (target) => target?.closest?.(CARRIER);
  const label = (element) => {
    const text = element.textContent.trim();
    if (element.matches(CELL)) return text;
    if (element.matches("button")) return text.replace(/^.*?: /, "").replace(/ ✕$/, "");
    return text.replace(/ · [^·]*$/, ""); // an option ends with its number
  };
  const meaning = (text) => {
    const known = window.meanings ?? {};
    if (Object.hasOwn(known, text)) return known[text];
    const parts = text.split(/[,;] /); // the cell of a record may hold several
    if (!parts.every((part) => Object.hasOwn(known, part))) return "";
    return parts.map((part) => `${part}: ${known[part]}`).join("\n");
  };
  const place = () => {
    const own = shown.getBoundingClientRect();
    const around = (shown.closest("[data-testid=stMultiSelectDropdown]") ?? shown).getBoundingClientRect();
    const { width, height } = box.getBoundingClientRect();
    const beside = shown.matches("[role=option]") && around.right + width < innerWidth;
    const below = around.bottom + height < innerHeight ? around.bottom : around.top - height;
    const within = (at, room) => `${Math.max(0, Math.min(at, room))}px`;
    box.style.left = within(beside ? around.right : own.left, innerWidth - width);
    box.style.top = within(beside ? own.top : below, innerHeight - height);
  };
  const hide = () => {
    clearTimeout(due);
    box.hidden = true;
    shown?.removeAttribute("aria-describedby");
    shown = undefined;
  };
  const show = (element) => {
    hide();
    const text = element && meaning(label(element));
    if (!text) return;
    shown = element;
    shown.setAttribute("aria-describedby", box.id);
    box.textContent = text;
    box.hidden = false;
    place();
  };
  const again = () => {
    // a menu draws its options anew once one of them is chosen
    const said = label(shown);
    const options = [...document.querySelectorAll("[role=option]")];
    show(options.find((option) => label(option) === said));
  };
  const soon = (what) => {
    clearTimeout(due);
    due = setTimeout(what, WAIT);
  };

  document.addEventListener("pointerover", ({ target, pointerType }) => {
    if (pointerType === "touch") return;
    const found = carrier(target);
    if (box.contains(target) || (found && found === shown)) clearTimeout(due);
    else soon(() => show(found?.isConnected ? found : undefined));
  });
  document.addEventListener("focusin", ({ target }) => {
    const found = carrier(target);
    if (found?.matches(":focus-visible")) show(found);
    else if (touched === undefined && !shown?.matches(":hover")) hide(); // a touch moves the focus, too
  });
  document.addEventListener("pointerdown", ({ target, pointerType, timeStamp }) => {
    touched = pointerType === "touch" ? timeStamp : undefined;
    if (touched === undefined) return;
    show(carrier(target));
  }, true); // the menu keeps to itself what is done to its options
  document.addEventListener("click", (event) => {
    const held = touched !== undefined && event.timeStamp - touched > HELD;
    if (!held || !event.target.closest(".st-key-chips button")) return;
    event.preventDefault();
    event.stopPropagation();
  }, true);
  document.addEventListener("keydown", (event) => {
    touched = undefined;
    if (event.key !== "Escape" || !shown) return;
    // beside an open menu both close; elsewhere what else Escape does waits until it is pressed again
    if (!shown.matches("[role=option]")) event.stopPropagation();
    hide();
  }, true);
  document.addEventListener("keyup", ({ key }) => {
    // in an open menu the focus stays in its field, which names the option one is on
    const on = document.activeElement?.getAttribute("aria-activedescendant");
    const option = on && document.getElementById(on);
    if (key !== "Escape" && option && option !== shown) show(option);
  });
  document.addEventListener("scroll", () => shown && place(), true);

  return {
    // called after every change of the page: cells that have a meaning say so, and take focus
    mark: () => {
      if (shown && !shown.isConnected) again();
      for (const cell of document.querySelectorAll(CELL)) {
        const known = Boolean(meaning(label(cell)));
        if (cell.hasAttribute("data-meaning") === known) continue;
        cell.toggleAttribute("data-meaning", known);
        known ? cell.setAttribute("tabindex", "0") : cell.removeAttribute("tabindex");
      }
    },
  };
})();
