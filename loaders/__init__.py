"""Files in, validated tables out. The only place of the house that reads."""

from loaders.package import Faults, Package, load
from loaders.releases import release

__all__ = ["Faults", "Package", "load", "release"]
