// Links of the bar and the foot lead on within the page that is open, as Back does: the address changes,
// and Streamlit is told so. One that is drawn anew keeps the focus. Called at every change of the page.
window.edges ??= (() => {
  let followed;
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.(":is(.st-key-top, .st-key-light) a[href^='./']");
    const elsewhere = event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey;
    followed = elsewhere ? undefined : link?.parentElement.className;
    if (!followed) return;
    event.preventDefault();
    history.pushState(null, "", link.href);
    dispatchEvent(new PopStateEvent("popstate"));
  });
  return () => {
    if (!followed || document.activeElement !== document.body) return;
    document.querySelector(`.${followed} [aria-current]`)?.focus({ preventScroll: true });
    followed = undefined;
  };
})();
