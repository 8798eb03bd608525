"""The whole data package as one file to take away."""

import io
import zipfile

from answers import quality
from answers.answer import Link
from answers.files import File
from answers.question import Question
from answers.words import sample
from incidents.citation import link
from incidents.codebook import LANGUAGES
from incidents.selection import Selection
from loaders import releases
from loaders.language import Language, language
from loaders.package import Package
from loaders.settings import Settings

COMPRESSION = 9
READ_ME = "README.md"


def of(asked: Question) -> File:
    """Offer the whole package of the release that the question shows."""
    return File(zip_name(asked.package), "zip", lambda: as_zip(asked.package))


def label(t: Language) -> str:
    """Name the file."""
    return t("Data package (ZIP)")


def caption(asked: Question) -> str:
    """Say what is in it."""
    return asked.t(
        "The whole data package of release {release}: records, code lists, outlines, "
        "descriptions and licence.",
        release=asked.package.release,
    )


def copied(asked: Question) -> Link | None:
    """Lead to the copy as files, where one was made of these data and the doors stand open."""
    if not Settings().beside or releases.snapshot_of(asked.package) is None:
        return None
    text = asked.t("All pages as files that open without a server (ZIP)")
    return Link(text, url=link(asked.origin, "snapshot.zip", {}))


def as_zip(package: Package) -> bytes:
    """Pack the files of a release as they were when they were checked, none that came since.

    A read-me in three languages says how good they are. The same release gives the same bytes:
    members are sorted and bear the day of the release.
    """
    out = io.BytesIO()
    day = package.released
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in sorted({READ_ME: read_me(package), **package.files}.items()):
            member = zipfile.ZipInfo(name, (day.year, day.month, day.day, 0, 0, 0))
            member.compress_type = zipfile.ZIP_DEFLATED
            member.create_system = 3  # the same on every system
            member.external_attr = 0o644 << 16
            archive.writestr(member, content, compresslevel=COMPRESSION)
    return out.getvalue()


def read_me(package: Package) -> bytes:
    """Say in every language what the package is, how good it is, and where to read on."""
    said = [_read_me(package, language(code)) for code in LANGUAGES]
    return "\n\n".join(said).encode("utf-8") + b"\n"


def _read_me(package: Package, t: Language) -> str:
    every = package.incidents.select(Selection())
    sentences = (
        sample(t),
        *quality.caveats(package, t, every),
        t(
            "What every file and column means: datapackage.json. How records are checked: "
            "CHECKING.md. What changed: CHANGELOG.md. Licence: LICENSE.md."
        ),
    )
    release = t("Release {release}", release=package.release)
    points = "\n".join(f"- {sentence}" for sentence in sentences)
    return f"# {package.title(t.code)}\n\n{release}\n\n{points}"


def zip_name(package: Package) -> str:
    """Name the file for its release."""
    return f"{package.name}_data-package_{package.release}.zip"
