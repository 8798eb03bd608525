"""What the API says of itself: OpenAPI 3.1, made from the doors and the filter definitions."""

from typing import Any

from answers.files import MIME
from answers.history import FIELDS as FIELDS_OF_RECORDS
from answers.question import Question
from answers.words import site_name
from incidents.filters import DISPLAY, FILTERS, Parameter
from incidents.history import ADDED, CORRECTED
from incidents.selection import LONGEST_TEXT, PERIOD, known_codes
from loaders import releases
from loaders.language import Language
from web.doors import DOORS, FIELDS, Door, Own
from web.replies import PROBLEM

Schema = dict[str, Any]
KINDS = {**MIME, "txt": "text/plain", "bib": "application/x-bibtex", "ris": "text/plain"}


def described(asked: Question, present: str) -> Schema:
    """Describe every address for the package of a question; `present` is the newest release."""
    t = asked.t
    return {
        "openapi": "3.1.0",
        "info": {
            "title": site_name(asked.package, t),
            "version": asked.package.release,
            "license": {"name": asked.package.licence[0] or "-"},
        },
        "servers": [{"url": f"{asked.origin}/api/v1"}],
        "paths": {
            f"/{door.path}.{kind}": {"get": _operation(door, kind, asked)}
            for door in DOORS
            for kind in door.kinds
        },
        "components": {
            "parameters": {p.name: _parameter(p, asked, present) for p in (*FILTERS, *DISPLAY)},
            "schemas": {"Problem": _problem()},
        },
    }


def _operation(door: Door, kind: str, asked: Question) -> Schema:
    shared = [{"$ref": f"#/components/parameters/{p.name}"} for p in (*FILTERS, *DISPLAY)]
    part = [_of_path(door, asked)] if "{name}" in door.path else []
    failed = {"description": "problem", "content": {PROBLEM: {"schema": _reference()}}}
    answer = {"schema": _answer(door) if kind == "json" and door.parts else {}}
    return {
        "operationId": f"{door.path.replace('/', '_').replace('{name}', 'one')}_{kind}",
        "summary": asked.t(door.description),
        "parameters": [
            *part,
            *shared,
            *(_own(each, asked.t) for each in door.own),
            *([_fields(door, asked.t)] if kind == "json" and door.parts else []),
        ],
        "responses": {
            "200": {"description": asked.t(door.description), "content": {KINDS[kind]: answer}},
            "304": {"description": "not modified"},
            "default": failed,
        },
    }


def _answer(door: Door) -> Schema:
    """Describe the JSON of a door: its parts that no other door has."""
    told = {"history": _history()} if "history" in door.parts else {}
    return {"type": "object", "properties": told}


def _history() -> Schema:
    """Describe the past of a record, the oldest release first."""
    step = {
        "release": {"type": "string"},
        "what": {"type": "string", "enum": [ADDED, CORRECTED]},
        "or_earlier": {"type": "boolean"},
        "fields": {"type": "array", "items": {"type": "string", "enum": [*FIELDS_OF_RECORDS]}},
    }
    return {
        "type": "array",
        "items": {"type": "object", "required": [*step], "properties": step},
    }


def _of_path(door: Door, asked: Question) -> Schema:
    schema: Schema = {"type": "string", "pattern": r"^[A-Z]-[0-9]{4}$"}
    if door.names:
        schema = {"type": "string", "enum": list(door.names(asked))}
    return {"name": "name", "in": "path", "required": True, "schema": schema}


def _own(own: Own, t: Language) -> Schema:
    allowed = {"enum": list(own.allowed)} if own.allowed else {}
    schema = {"type": "string", **allowed, "default": own.default}
    said = {"name": own.name, "in": "query", "description": t(own.description)}
    return {**said, "schema": schema}


def _fields(door: Door, t: Language) -> Schema:
    schema = {"type": "array", "items": {"type": "string", "enum": list(door.parts)}}
    said = {"name": "fields", "in": "query", "description": t(FIELDS)}
    return {**said, "style": "form", "explode": False, "schema": schema}


def _parameter(parameter: Parameter, asked: Question, present: str) -> Schema:
    described = asked.t(parameter.description)
    schema = _schema(parameter, asked, present)
    return {"name": parameter.name, "in": "query", "description": described, "schema": schema}


def _schema(parameter: Parameter, asked: Question, present: str) -> Schema:
    """Say what a parameter may hold."""
    package = asked.package
    if parameter.type == "codes":
        codes = known_codes(package.codebook, list(package.incidents.places.index))
        return {"type": "array", "items": {"type": "string", "enum": codes[parameter.listed]}}
    if parameter.type == "choice":
        return {"type": "string", "enum": list(parameter.choices)}
    if parameter.type == "version":
        return {"type": "string", "enum": [present, *releases.kept(package.directory)]}
    some: dict[str, Schema] = {
        "period": {"type": "string", "pattern": f"^({PERIOD.pattern})?$"},
        "span": {"type": "string", "pattern": rf"^({PERIOD.pattern}(\.\.{PERIOD.pattern})?)?$"},
        "text": {"type": "string", "maxLength": LONGEST_TEXT},
        "number": {"type": "integer", "minimum": 1, "maximum": 9_999_999},
    }
    return some[parameter.type]


def _reference() -> Schema:
    return {"$ref": "#/components/schemas/Problem"}


def _problem() -> Schema:
    """Describe an error, as RFC 9457 does."""
    text = {"type": "string"}
    one = {"parameter": text, "value": text, "detail": text}
    allowed = {"type": "array", "items": text}
    return {
        "type": "object",
        "required": ["type", "title", "status", "detail"],
        "properties": {
            "type": text,
            "title": text,
            "status": {"type": "integer"},
            "detail": text,
            "problems": {
                "type": "array",
                "items": {"type": "object", "properties": {**one, "allowed": allowed}},
            },
        },
    }
