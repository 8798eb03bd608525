"""Description: sizes and hashes of a package's files, written into its descriptor."""

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from incidents.schema import Fault
from loaders.descriptor import NAME
from loaders.package import Faults


def describe(directory: Path) -> int:
    """Write the size and the hash of every resource into the descriptor; say of how many.

    Raises `Faults` where the descriptor or a file that it names cannot be read.
    """
    path = directory / NAME
    described = _read(path)
    path.write_text(_written(described, directory, {}), encoding="utf-8")
    return len(described["resources"])


def with_descriptors(texts: Mapping[Path, str]) -> dict[Path, str]:
    """Add to the new texts of files those of the descriptors that tell their sizes and hashes.

    Releases of form 1 tell neither, and stay as they are; so do broken ones.
    """
    found = dict(texts)
    for folder in sorted({folder for path in texts for folder in path.parents}):
        path = folder / NAME
        try:
            described = _read(path, texts.get(path))
            if described.get("form", 1) != 1:
                found[path] = _written(described, folder, texts)
        except Faults:
            continue
    return found


def _read(path: Path, text: str | None = None) -> dict[str, Any]:
    try:
        described = json.loads(path.read_text(encoding="utf-8") if text is None else text)
    except FileNotFoundError as error:
        raise Faults([Fault(NAME, 0, "", "", "missing_file")]) from error
    except ValueError as error:  # no JSON, or not in UTF-8
        raise Faults([Fault(NAME, 0, "", "", "not_json")]) from error
    if not isinstance(described, dict) or not isinstance(described.get("resources"), list):
        raise Faults([Fault(NAME, 0, "resources", "", "not_an_object")])
    return described


def _written(described: dict[str, Any], directory: Path, texts: Mapping[Path, str]) -> str:
    for resource in described["resources"]:
        content = _content(directory, resource, texts)
        resource["bytes"] = len(content)
        resource["hash"] = f"sha256:{hashlib.sha256(content).hexdigest()}"
    return as_text(described)


def as_text(described: Mapping[str, Any]) -> str:
    """Write a descriptor as it stands in its file."""
    return json.dumps(described, ensure_ascii=False, indent=1) + "\n"


def _content(directory: Path, resource: object, texts: Mapping[Path, str]) -> bytes:
    name = str(resource.get("path", "")) if isinstance(resource, dict) else ""
    path = directory / name
    if path in texts:
        return texts[path].encode("utf-8")
    if not name or not path.is_file():
        raise Faults([Fault(name or NAME, 0, "", "", "missing_file")])
    return path.read_bytes()
