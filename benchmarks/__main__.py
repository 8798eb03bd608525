"""Run every benchmark: `make bench`."""

from benchmarks import checking, copying, counting, false_alarms, pages, pictures, rivals, visit
from loaders import load

package = load()
counting.main(package)
pictures.main(package)
pages.main(package)
visit.main()
rivals.main()
copying.main()
checking.main()
false_alarms.main()
