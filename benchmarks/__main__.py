"""Run every benchmark: `make bench`."""

from benchmarks import counting, false_alarms, pages, pictures, visit
from loaders import load

package = load()
counting.main(package)
pictures.main(package)
pages.main(package)
visit.main()
false_alarms.main()
