"""Ask whether a locked package has a known vulnerability: `make dependencies`.

pip-audit alone passes where its service answers nothing: it skips what it cannot look up and says
that no vulnerability is known. Here what was not checked counts as not checked.
"""

import json
import subprocess
import sys
import tempfile
from pathlib import Path

FINE, VULNERABLE, UNCHECKED = 0, 1, 3
NOTHING = "The vulnerability service could not be reached: nothing was checked."


def verdict(report: str) -> tuple[int, str]:
    """Give the exit code and the words for what pip-audit wrote as JSON; "" if it ended before."""
    found = json.loads(report)["dependencies"] if report else []
    asked = [d for d in found if "skip_reason" not in d]
    if not asked:
        return UNCHECKED, NOTHING
    bad = [
        f"{d['name']} {d['version']}: {v['id']}, mended in {', '.join(v['fix_versions']) or 'none'}"
        for d in asked
        for v in d["vulns"]
    ]
    skipped = [f"{d['name']}: not checked" for d in found if "skip_reason" in d]
    words = f"{len(asked)} of {len(found)} packages were checked; {len(bad)} vulnerabilities known."
    code = VULNERABLE if bad else UNCHECKED if skipped else FINE
    return code, "\n".join([*bad, *skipped, words])


def audit(lock: str) -> tuple[int, str]:
    """Run pip-audit over a lock file, without resolving or installing anything."""
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.json"
        options = ["--disable-pip", "--require-hashes", "--progress-spinner", "off"]
        command = [sys.executable, "-m", "pip_audit", "-r", lock, *options]
        ran = subprocess.run(
            [*command, "-f", "json", "-o", str(report)], capture_output=True, text=True
        )
        written = report.read_text(encoding="utf-8") if report.exists() else ""
    code, words = verdict(written)
    reason = ran.stderr.strip().splitlines()[-1:] if not written else []
    return code, "\n".join([*reason, words])


if __name__ == "__main__":
    result, said = audit("requirements.txt")
    print(said)
    sys.exit(result)
