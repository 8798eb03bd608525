"""The page for people who use the API: every address, with a call of it to copy."""

from answers.question import Question
from incidents.citation import link
from incidents.codebook import LANGUAGES
from web import shown
from web.doors import DOORS, Door
from web.light import mark

TABLES = {
    "Python": 'pandas.read_csv("{}")',
    "R": 'read.csv("{}")',
    "Power Query": 'Csv.Document(Web.Contents("{}"), [Encoding = 65001])',
}
OBJECTS = {
    "Python": 'requests.get("{}").json()',
    "R": 'jsonlite::fromJSON("{}")',
    "Power Query": 'Json.Document(Web.Contents("{}"))',
}
OTHERS = {"Python": 'requests.get("{}").content', "R": 'download.file("{}", "{file}", mode = "wb")'}


def page(asked: Question, base: str) -> bytes:
    """Write the page."""
    t = asked.t
    given = {
        "t": t,
        "title": t("API: the same answers for programs"),
        "style": f"{base}/light/style.{mark()}.css",
        "home": link(base, "light/", asked.query()),
        "home_text": t("Light page"),
        "openapi": "openapi.json",
        "description": link(base, "api/v1/openapi.json", {"lang": t.code}),
        "said": t("Every address takes the parameters of the pages; what is unknown is an error."),
        "doors": [(t(door.description), _path(door, asked), calls(asked, door)) for door in DOORS],
        "languages": {code: link(base, "api/", {"lang": code}) for code in LANGUAGES},
    }
    return shown.templates().get_template("api.html").render(given).encode()


def _path(door: Door, asked: Question) -> str:
    part = "|".join(door.names(asked)) if door.names else "M-0000"
    return f"/api/v1/{door.path.replace('{name}', part)}.{'|'.join(door.kinds)}"


def calls(asked: Question, door: Door) -> dict[str, str]:
    """Write a call of a door in every language that its example makes sense in."""
    address = link(asked.origin, f"api/v1/{door.example}", {})
    kind = door.example.partition("?")[0].rpartition(".")[2]
    forms = {"csv": TABLES, "json": OBJECTS}.get(kind, OTHERS)
    written = {name: form.format(address, file=f"a.{kind}") for name, form in forms.items()}
    return {"curl": f"curl '{address}'", **written}
