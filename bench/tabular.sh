#!/bin/bash
# Builds the command and runs bench/tabular.py with the options given. Needs $SEEDHEAD_DATA and Debian's python3-sklearn, python3-threadpoolctl.
set -euo pipefail
cd "$(dirname "$0")/.."
: "${SEEDHEAD_DATA:?set it to the folder that holds tabular/}"
case " $* " in
    *" --summary "* | *" --peer-only "*) ;;
    *) dotnet build -c Release src/SeedHead.Cli -nologo -v q >&2 ;;
esac
exec /usr/bin/python3 bench/tabular.py "$@"
