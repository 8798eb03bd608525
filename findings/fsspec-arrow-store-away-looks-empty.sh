#!/usr/bin/env bash
# fsspec 2026.9.0 with pyarrow 26.0.1. Seen 2026-12-01. `find` on a store of S3 that nobody answers for gives
# an empty list, as for a folder without files: it walks, and walking leaves out what cannot be listed
# unless it is told otherwise. `glob` does the same; `ls` raises OSError.
# Who is hurt: who counts what lies in a folder: a store that is away for a minute is a release with
# no records, and nothing says that it was not read.
# Here: it is told to raise (`keeper/parts.py`); a store that is away is told, and the last good cube stays.
set -eu
here=$(mktemp -d)
trap 'rm -rf "$here"' EXIT
python3 -m venv "$here/venv"
"$here/venv/bin/pip" install -q --disable-pip-version-check fsspec==2026.9.0 pyarrow==26.0.1

cat > "$here/expected" <<'EOF'
find: []
glob: []
find, told to raise: OSError
ls: OSError
EOF
"$here/venv/bin/python" -W ignore - > "$here/seen" 2> "$here/said" <<'EOF'
from fsspec.implementations.arrow import ArrowFSWrapper
from pyarrow.fs import AwsStandardS3RetryStrategy, S3FileSystem

store = S3FileSystem(
    access_key="none",
    secret_key="none",
    region="eu-central-1",
    endpoint_override="http://127.0.0.1:9",  # the port for discarding: nobody listens
    connect_timeout=1,
    request_timeout=1,
    retry_strategy=AwsStandardS3RetryStrategy(max_attempts=1),
)
files = ArrowFSWrapper(store)
for name, ask in (
    ("find", lambda: files.find("bucket/rows")),
    ("glob", lambda: files.glob("bucket/rows/*.parquet")),
    ("find, told to raise", lambda: files.find("bucket/rows", on_error="raise")),
    ("ls", lambda: files.ls("bucket/rows")),
):
    try:
        said = ask()
    except OSError:
        said = "OSError"
    print(f"{name}: {said}")
EOF
diff -u "$here/expected" "$here/seen" || { cat "$here/said"; echo "$(basename "$0"): changed"; exit 1; }
echo "$(basename "$0"): OK"
