"""The whole data package as one file to take away."""

import io
import zipfile

from loaders.package import Package

COMPRESSION = 9


def as_zip(package: Package) -> bytes:
    """Pack the files of a release as they were when they were checked, none that came since.

    The same release gives the same bytes: members are sorted and bear the day of the release.
    """
    out = io.BytesIO()
    day = package.released
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in sorted(package.files.items()):
            member = zipfile.ZipInfo(name, (day.year, day.month, day.day, 0, 0, 0))
            member.compress_type = zipfile.ZIP_DEFLATED
            member.create_system = 3  # the same on every system
            member.external_attr = 0o644 << 16
            archive.writestr(member, content, compresslevel=COMPRESSION)
    return out.getvalue()


def zip_name(package: Package) -> str:
    """Name the file for its release."""
    return f"kyrgyzstan-incidents_data-package_{package.release}.zip"
