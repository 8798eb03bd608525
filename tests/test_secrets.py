import re
import subprocess

from tests.conftest import HOME

SECRETS = re.compile(
    r"-----BEGIN [A-Z ]*PRIVATE KEY"
    r"|\b(AKIA|ASIA)[0-9A-Z]{16}\b"
    r"|\bgh[pousr]_\w{30,}|\bgithub_pat_\w{30,}|\bglpat-[\w-]{20,}"
    r"|\bxox[abprs]-[\w-]{10,}|\bsk-[\w-]{20,}|\bAIza[\w-]{35}"
    r"|\beyJ[\w-]{10,}\.eyJ[\w-]{10,}"
    r"|://[^\s/:@]+:[^\s/:@{}]+@"
    r"|(?i:\b(password|passwd|api_key|secret|token)\b[\"']?\s*[:=]\s*[\"'][^\"'{}\s]{8,}[\"'])"
)
"""Private keys, tokens of common services, signed tokens, passwords in addresses or assigned."""


def test_no_secret_is_in_the_repository():
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=HOME, capture_output=True, check=True)
    files = [HOME / name for name in listed.stdout.decode().split("\0") if name]
    assert len(files) > 50
    for path in (p for p in files if p.is_file()):
        found = SECRETS.search(path.read_text(encoding="utf-8", errors="replace"))
        assert not found, f"{path.name}: {found}"


def test_the_pattern_knows_a_secret_when_it_sees_one():
    for secret in (
        "-----BEGIN RSA PRIVATE" + " KEY",
        "gh" + "p_" + "a" * 36,
        "https://me:pw" + "@x.org",
    ):
        assert SECRETS.search(secret)
