// A lost connection is said in the page's language, and a click that went into it is made again: a
// browser learns late that the line is dead, and Streamlit then draws the page anew without the click.
// It is made half a second later at the earliest: a session that begins anew must draw its page first.
window.connection ??= (() => {
  const state = (name) => document.querySelector("[data-testid=stApp]")?.dataset[name];
  let words, clicked, lost, before, connected = true;
  // Where something stands outlives the page's redrawing; the element itself does not.
  const spot = (element) => {
    const box = element.closest("[class*=st-key-]");
    const key = box && [...box.classList].find((name) => name.startsWith("st-key-"));
    return key && { key, nth: [...box.querySelectorAll("a, button")].indexOf(element) };
  };
  const say = (text) => {
    const box = document.getElementById("connection");
    if (!text) return box?.remove();
    if (box?.textContent === text) return;
    box?.remove();
    const told = Object.assign(document.createElement("div"), { id: "connection", textContent: text });
    told.setAttribute("role", "alert");
    document.body.append(told);
  };
  const again = () => {
    if (!lost) return; // two lines died in a row, and it was made already
    if (state("testConnectionState") !== "CONNECTED" || state("testScriptState") !== "notRunning") {
      return setTimeout(again, 500);
    }
    const { key, nth } = lost;
    lost = undefined;
    document.querySelector(`.${key}`)?.querySelectorAll("a, button")[nth]?.click();
  };
  const look = () => {
    const now = state("testConnectionState") === "CONNECTED";
    const script = state("testScriptState");
    // a run that begins or ends answers the click; one that hangs since the line died does not
    if (now && script !== before && ["running", "notRunning"].includes(script)) clicked = undefined;
    before = script;
    if (connected && !now && clicked) {
      [lost, clicked] = [clicked, undefined];
      setTimeout(again, 500);
    }
    // Where another process answers, a new session knows nothing until it is asked, and would not take
    // the first click; this asks for the page of the address, as Back does.
    if (now && !connected) dispatchEvent(new PopStateEvent("popstate"));
    connected = now;
    say(now ? "" : words);
  };
  addEventListener("click", (event) => {
    const element = event.target.closest?.("a, button");
    if (element) clicked = spot(element);
  }, true);
  new MutationObserver(look).observe(document.body, {
    subtree: true,
    attributeFilter: ["data-test-connection-state", "data-test-script-state"],
  });
  return (said) => (words = said);
})();
