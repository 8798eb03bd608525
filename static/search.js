// The search of a copy as files: all words, anywhere in what is published of a record.
const plain = (text) =>
  text.normalize("NFKD").replace(/\p{Diacritic}/gu, "").toLowerCase().replace(/[’‘ʼ`´]/g, "'");
const form = document.querySelector("#search");
const list = document.querySelector("#found");
const said = document.querySelector("#said");
const texts = RECORDS.map(([, sentence, , facts, words]) => plain(`${sentence} ${facts} ${words}`));

function item([file, sentence, lang, facts]) {
  const [line, link, rest] = ["li", "a", "span"].map((name) => document.createElement(name));
  link.href = file;
  link.textContent = sentence;
  if (lang) link.lang = lang;
  rest.className = "quiet";
  rest.textContent = facts;
  line.append(link, " ", rest);
  return line;
}

function find() {
  const words = plain(form.elements.q.value).split(/\s+/).filter(Boolean);
  const holds = (text) => words.every((word) => text.includes(word));
  const found = words.length ? RECORDS.filter((_, at) => holds(texts[at])) : [];
  list.replaceChildren(...found.map(item));
  said.textContent = !words.length ? "" :
    found.length ? `${form.dataset.found} ${found.length}` : form.dataset.none;
}

form.hidden = false;
form.addEventListener("submit", (event) => event.preventDefault());
form.addEventListener("input", find);
find();
