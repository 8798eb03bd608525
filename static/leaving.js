// Leaving quickly, and what the way here leaves behind. The button stands outside what Streamlit draws
// and needs no server: it works on a dead line, too. Pressing Escape three times does the same, from
// within a field or the map as well. What one leaves is emptied at once, since the next page may be long
// in coming, and its place in the tab's history is taken.
window.leaving ??= (() => {
  const WITHIN = 1500; // milliseconds: Escape pressed once or twice closes a menu or undoes a click
  const KEPT = "history";
  let told = {}, pressed = [], chosen; // `chosen` where the browser keeps nothing for a page
  const button = Object.assign(document.createElement("button"), { id: "leave", type: "button" });
  button.dataset.reactAriaTopLayer = "true"; // a dialog of Streamlit's makes all else inert

  const leave = () => {
    document.documentElement.replaceChildren();
    location.replace(told.exit);
  };
  const escape = (event) => {
    if (event.key !== "Escape" || event.repeat) return;
    const now = event.timeStamp; // when it was pressed: a busy page hears of it later
    pressed = [...pressed.filter((time) => now - time < WITHIN), now];
    if (pressed.length > 2) leave();
  };
  button.addEventListener("click", leave);
  addEventListener("keydown", escape, true);

  // the reader's own choice, in this tab alone and in no cookie; else what whoever runs this copy chose
  const choice = () => {
    try {
      return sessionStorage.getItem(KEPT) ?? told.history;
    } catch {
      return chosen ?? told.history;
    }
  };
  const choose = (value) => {
    chosen = value;
    try {
      sessionStorage.setItem(KEPT, value);
    } catch {
      // kept until the page is loaded anew
    }
  };
  const replaces = () => choice() === "replace";
  const push = history.pushState;
  history.pushState = function (...step) {
    return (replaces() ? history.replaceState : push).apply(this, step);
  };

  // what the page on safe reading shows of it
  const steps = () => {
    const [state, other] = [document.getElementById("steps-now"), document.getElementById("steps-other")];
    if (!state || !other) return;
    const [now, next] = replaces() ? ["replace", "add"] : ["add", "replace"];
    if (state.textContent !== told.steps[now]) state.textContent = told.steps[now];
    if (other.textContent !== told.steps[`to_${next}`]) other.textContent = told.steps[`to_${next}`];
    other.onclick = () => {
      choose(next);
      steps();
    };
  };
  // Streamlit writes down for good which pages were opened (1.67: a theme for the path of each)
  const forget = () => {
    try {
      for (const key of Object.keys(localStorage)) {
        if (key.startsWith("stActiveTheme-") && localStorage[key] === '"System"') delete localStorage[key];
      }
    } catch {
      // then nothing was kept
    }
  };
  addEventListener("pagehide", forget);

  const tell = (said) => {
    told = said;
    forget();
    // no page elsewhere learns which one led to it, whoever serves this one
    if (!document.querySelector("meta[name=referrer]")) {
      document.head.append(Object.assign(document.createElement("meta"), { name: "referrer", content: "no-referrer" }));
    }
    [button.textContent, button.title, button.lang] = [told.leave, told.stays, told.lang];
    if (!button.isConnected) document.body.prepend(button);
  };
  return { tell, escape, replaces, steps };
})();
