// The search of a copy as files: what incidents/search.py does, by its tables and words (words.js).
const form = document.querySelector("#search");
const list = document.querySelector("#found");
const said = document.querySelector("#said");

const fold = (character) =>
  SEARCH.letters[character] ?? (/[a-z0-9]/.test(character) ? character : /\s/.test(character) ? " " : "-");
const folded = (text) => [...text.normalize("NFC").toLowerCase()].map(fold).join("");
const written = (text) => folded(text).split(/[- ]+/).filter(Boolean).join(" ");
const joined = (text) => folded(text).split(" ").map((word) => word.replace(/^-+|-+$/g, ""))
  .filter((word) => word.includes("-")).map((word) => word.replace(/-/g, "")).join(" ");
const sounding = (words) => SEARCH.sounds.reduce(
  (text, [pattern, sound]) => text.replace(new RegExp(pattern, "g"), sound), words);
const lines = SEARCH.lines.map((words) => [` ${words} `, ` ${sounding(words)} `]);

function way(text, open) {
  const letters = sounding(text).replace(/[sc]h/g, "s");
  const end = open && letters.length >= SEARCH.beginning ? "" : " ";
  return [` ${text}${end}`, ` ${sounding(text)}${end}`];
}

function ways(text, whole) {
  const parts = written(text);
  if (!parts.includes(" ")) return parts ? [way(parts, !whole)] : [];
  if (/\s/.test(text.trim())) return [way(parts, false)];
  return [way(parts, false), way(joined(text), !whole)];
}

function wanted(query) {
  const quoted = new RegExp(SEARCH.quoted, "g");
  const phrases = [...query.matchAll(quoted)].map(([, first, second]) => ways(first || second || "", true));
  const words = query.replace(quoted, " ").split(/\s+/).map((word) => ways(word, false));
  return [...phrases, ...words].filter((each) => each.length);
}

const holds = (line, ways) => ways.some((way) => way.some((text, at) => line[at].includes(text)));

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
  const asked = wanted(form.elements.q.value);
  const masks = asked.map((ways) => lines.map((line) => holds(line, ways)));
  const found = RECORDS.filter((_, at) => masks.every((mask) => SEARCH.bears[at].some((n) => mask[n])));
  list.replaceChildren(...(asked.length ? found : []).map(item));
  said.textContent = !asked.length ? "" :
    found.length ? `${form.dataset.found} ${found.length}` : form.dataset.none;
}

form.hidden = false;
form.addEventListener("submit", (event) => event.preventDefault());
form.addEventListener("input", find);
find();
