import subprocess

import pytest

from tests.deploy.serving import NGINX, behind_nginx


def pytest_collection_modifyitems(items):
    """Leave out what asks nginx where there is none; `tests/install-tools.sh` brings it."""
    for item in items:
        if "tests/deploy" in str(item.path) and {"site", "certificate"} & set(item.fixturenames):
            item.add_marker(pytest.mark.skipif(not NGINX, reason="nginx is not installed"))


@pytest.fixture(scope="session")
def certificate(tmp_path_factory):
    """A certificate that nobody trusts, and its key, in one folder."""
    folder = tmp_path_factory.mktemp("certificate")
    names = ["-keyout", folder / "incidents.key", "-out", folder / "incidents.pem"]
    made = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=localhost"]
    subprocess.run([*made, *names], check=True, capture_output=True)
    return folder


@pytest.fixture(scope="session")
def site(tmp_path_factory, certificate):
    """Two processes behind nginx, which take keepers' files."""
    folder = tmp_path_factory.mktemp("site")
    aside = folder / "tmp"
    aside.mkdir()
    with behind_nginx(folder, certificate=certificate, CHECK="on", TMPDIR=str(aside)) as made:
        yield made
