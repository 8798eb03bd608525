// What Streamlit leaves to a script: the page's language, names for its own English controls, which
// page one is on, a drawer that closes by its last button, and where one is after a chip is gone.
// Called at every run; `told` holds words in the reader's language.
window.frame = (told) => {
  const find = (selector) => document.querySelector(selector);
  // written where it differs alone: whatever is written, the browser styles and draws anew
  const set = (element, attribute, text) => {
    if (element && element.getAttribute(attribute) !== text) element.setAttribute(attribute, text);
  };
  const name = (element, text) => {
    set(element, "aria-label", text);
    set(element, "title", text);
  };
  // what Streamlit says of its own parts, as it stands or before the name of ours
  const own = Object.entries(told.own);
  const renamed = (text) => {
    const [english, ours] = own.find(([english]) => text.startsWith(english)) ?? ["", ""];
    return ours + text.slice(english.length);
  };
  const worded = "[data-testid=stMain] :is(a, td, th, code):not([class*=st-key-lang-] *)";
  const open = "[data-testid=stExpandSidebarButton]";
  const close = "[data-testid=stSidebarCollapseButton] button";
  const label = () => {
    set(document.documentElement, "lang", told.lang);
    set(find(open), "data-filters", told.filters);
    name(find(open), told.filters);
    document.documentElement.toggleAttribute("data-drawer", Boolean(find(open)));
    name(find(close), told.close);
    // what is in another language than the page: containers with the key lang-CODE-…
    for (const part of document.querySelectorAll("[class*=st-key-lang-]")) {
      set(part, "lang", /st-key-lang-([a-z]+)-/.exec(part.className)?.[1] ?? told.lang);
    }
    // and what holds words in Latin letters alone: a name, a title, a term
    for (const part of told.lang === "en" ? [] : document.querySelectorAll(worded)) {
      const english = /[a-z]{3}/.test(part.textContent) && !/[а-яё]/i.test(part.textContent);
      if (english) set(part, "lang", "en");
      else if (part.getAttribute("lang") === "en") part.removeAttribute("lang");
    }
    for (const option of document.querySelectorAll("[role=option]")) {
      option.toggleAttribute("data-empty", / · 0$/.test(option.textContent));
    }
    for (const part of document.querySelectorAll("[data-testid=stApp] [aria-label]")) {
      set(part, "aria-label", renamed(part.getAttribute("aria-label")));
    }
    const skip = find("[data-testid=stSkipToContent]");
    if (skip && skip.textContent !== told.skip) skip.textContent = told.skip;
    // what scrolls within the page can be reached by keyboard
    for (const box of document.querySelectorAll("[overflow=auto], .table")) {
      const more = box.scrollHeight > box.clientHeight + 1 || box.scrollWidth > box.clientWidth + 1;
      if (more) set(box, "tabindex", "0");
    }
    // the field for a file has a name and takes focus, so it is no mere presentation
    const field = "[data-testid=stFileUploaderDropzone]";
    set(find(field), "role", "group");
    set(find(`${field} input`), "aria-label", told.choose);
    set(find(`${field} button`), "data-choose", told.choose);
    name(find(`${field} button`), told.choose);
    const count = find(".st-key-count");
    set(count, "role", "status");
    set(count, "tabindex", "-1");
    if (window.frameChip && document.activeElement === document.body) {
      window.frameChip = false;
      (find(".st-key-chips button") ?? count)?.focus();
    }
    leaving.steps();
    edges();
    meaning.mark();
  };
  leaving.tell(told);
  menu(told.pages);
  label();
  document.getElementById("first")?.remove(); // what stood here before a script had drawn anything
  connection(told.lost);
  place(String(told.view), told.part);
  window.frameObserver?.disconnect();
  let due;
  window.frameObserver = new MutationObserver(() => {
    due ??= requestAnimationFrame(() => {
      due = undefined;
      label();
    });
  });
  window.frameObserver.observe(document.body, { childList: true, subtree: true });
  if (!window.frameListens) {
    window.frameListens = true;
    document.addEventListener("click", (event) => {
      window.frameChip = Boolean(event.target.closest(".st-key-chips button"));
      if (event.target.closest(".st-key-close-filters")) find(close)?.click();
    });
  }
};
