"""Run every benchmark: `make bench`."""

from benchmarks import counting, pages
from loaders import load

package = load()
counting.main(package)
pages.main(package)
