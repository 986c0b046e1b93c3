#!/bin/bash
# Fetches the files of this folder again from the npm registry and compares them, or with --write replaces them.
# After --write: the hashes at its end go into SeedHead.Explorer.csproj.
set -euo pipefail
cd "$(dirname "$0")"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
version() { sed -nE "s/.*\"$1\": \"([0-9.]+)\".*/\1/p" package.json; }
fetch() { # PACKAGE FILE
    mkdir "$work/$1"
    (cd "$work" && tar xzf "$(npm pack --silent "$1@$(version "$1")")" -C "$1" --strip-components=1)
    if [ "${mode:-}" = --write ]; then
        cp "$work/$1/build/$2" "$2" && cp "$work/$1/LICENSE" "$1.LICENSE"
    else
        cmp "$work/$1/build/$2" "$2" && cmp "$work/$1/LICENSE" "$1.LICENSE"
    fi
}
mode=${1:-}
fetch vega vega.min.js
fetch vega-lite vega-lite.min.js
fetch vega-interpreter vega-interpreter.js
sha256sum ./*.js
