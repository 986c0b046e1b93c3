#!/bin/bash
# Builds the command and runs bench/bars.py with the options given. Needs $SEEDHEAD_DATA; the comparisons need python3-sklearn, python3-threadpoolctl.
set -euo pipefail
cd "$(dirname "$0")/.."
: "${SEEDHEAD_DATA:?set it to the folder that holds mnist/, fashion-mnist/, cifar10/ and tabular/}"
dotnet build -c Release src/SeedHead.Cli -nologo -v q >&2
exec /usr/bin/python3 bench/bars.py "$@"
