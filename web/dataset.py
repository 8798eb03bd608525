"""The data package as schema.org describes a dataset: for search engines, not for readers."""

import json

from markupsafe import Markup

from answers.question import Question
from answers.words import in_public, organisation
from web.frame import Frame


def described(asked: Question, frame: Frame) -> Markup:
    """Describe the release on show as JSON-LD. No text of it can end the element it stands in."""
    package, t = asked.package, asked.t
    spans = package.incidents.collection.values()
    first, last = min(start for start, _ in spans), max(end for _, end in spans)
    name, url = package.licence
    archive = f"{asked.origin}/api/v1/datapackage.zip"
    found = {
        "@context": "https://schema.org",
        "@type": "Dataset",
        "name": package.title(t.code),
        "description": in_public(package, t),
        "url": frame.canonical,
        "version": package.release,
        "datePublished": f"{package.released:%Y-%m-%d}",
        "temporalCoverage": f"{first:%Y-%m}/{last:%Y-%m}",
        "inLanguage": t.code,
        "isAccessibleForFree": True,
        "license": url or name,
        "creator": {"@type": "Organization", "name": organisation(package, t)},
        "distribution": {
            "@type": "DataDownload",
            "encodingFormat": "application/zip",
            "contentUrl": archive,
        },
    }
    text = json.dumps(found, ensure_ascii=False).replace("<", "\\u003c")
    return Markup(text)  # noqa: S704  # JSON without "<"
