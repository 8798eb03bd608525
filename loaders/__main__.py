"""Where the commands of a keeper stood until 2026.11.5: says where they stand now, no more."""

import sys

if __name__ == "__main__":
    print(f"python -m keeper {' '.join(sys.argv[1:])}".strip(), file=sys.stderr)
    sys.exit(2)
