# The parts of .ci/run, which defines check, ends_with, $work, $passed and $failed.

# $python: a Python 3 with NumPy, installed by apt where there is none and that is allowed. It reads JSON and model files here.
find_python() {
    python=/usr/bin/python3
    "$python" -c 'import numpy' 2>/dev/null && return
    python=$(command -v python3) && "$python" -c 'import numpy' 2>/dev/null && return
    python=/usr/bin/python3
    if [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null; then
        { apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends python3-numpy; } </dev/null >"$work/apt" 2>&1 ||
            tail -n 5 "$work/apt"
    fi
    check "a Python 3 with NumPy is here (Debian: apt-get install python3-numpy)" "$python" -c 'import numpy'
}

# The browser in which the explorer's page is tested, installed by apt where there is none and that is allowed. It must be there before the tests are built.
find_chromium() {
    if [ ! -x /usr/bin/chromium ] && [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null; then
        { apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends chromium; } </dev/null >"$work/apt" 2>&1 ||
            tail -n 5 "$work/apt"
    fi
    check "Chromium is here (Debian: apt-get install chromium)" [ -x /usr/bin/chromium ]
}

# The README's test command; its closing lines are added up. A run that closes without such a line counts as one failure.
run_tests() {
    local code=0 counts p f
    dotnet test -c Release </dev/null >"$work/tests" 2>&1 || code=$?
    counts=$(sed -nE 's/.*Failed: +([0-9]+), Passed: +([0-9]+), Skipped: +([0-9]+).*/\1 \2 \3/p' "$work/tests" |
        awk '{ f += $1 + $3; p += $2 } END { print p + 0, f + 0 }') # a skipped test counts as failed
    read -r p f <<<"$counts"
    if [ "$p" -eq 0 ] || { [ "$code" -ne 0 ] && [ "$f" -eq 0 ]; }; then
        f=$((f + 1))
    fi
    [ "$f" -eq 0 ] || tail -n 200 "$work/tests"
    echo "        tests: $p passed, $f failed"
    passed=$((passed + p))
    failed=$((failed + f))
}

seedhead() { dotnet src/SeedHead.Cli/bin/Release/net10.0/seedhead.dll "$@"; }

readme_command() { dotnet run -c Release --project src/SeedHead.Cli -- fit digits; }

# digits_accuracy: the bar of the defaults on the official test part.
digits_accuracy() {
    seedhead fit digits --json --out "$work/digits.seedhead" >"$work/digits.json" || return 1
    "$python" -c 'import json, sys
accuracy = json.load(open(sys.argv[1]))["test"]["accuracy"]
print("test accuracy", accuracy, "at least 0.98 expected")
sys.exit(accuracy < 0.98)' "$work/digits.json"
}

score_again() { seedhead score "$work/digits.seedhead" digits --json | tr -d '\n' | grep -q '"accuracy"'; }

nothing_half_written() { ! ls "$work" | grep -q '\.part$'; }

run_command() {
    check "dotnet run -c Release --project src/SeedHead.Cli -- fit digits" readme_command
    check "fit digits reaches 98 % on the official test part" digits_accuracy
    check "score reads the model back" score_again
    check "inspect reads the model back" seedhead inspect "$work/digits.seedhead"
    check "--help ends with 0" seedhead --help
    check "an unknown option ends with 2" ends_with 2 seedhead fit digits --no-such-option
    check "--threads 0 ends with 2" ends_with 2 seedhead fit digits --threads 0
    check "a missing file ends with 3" ends_with 3 seedhead fit "$work/nowhere.csv"
    check "too little memory ends with 4" ends_with 4 seedhead fit digits --width 8192 --max-memory 1MiB
    check "no half-written file is left" nothing_half_written
}

# generated_again: every generator in tools/ writes the files that are checked in.
generated_again() {
    local here=$PWD generator
    rm -rf "$work/generated" && mkdir -p "$work/generated/src" && cp -r tools "$work/generated" && cp -r src/SeedHead "$work/generated/src" || return 1
    for generator in tools/*/generate.py; do
        (cd "$work/generated" && "$python" "$generator") || return 1
    done
    git ls-files '*.g.cs' | while read -r file; do
        diff -q "$here/$file" "$work/generated/$file" || { echo "run the generator of $file again"; return 1; }
    done
}

# product_speed: told, never a failure: other work on the machine changes it.
product_speed() {
    dotnet run -c Release --project bench/SeedHead.Benchmarks -- peak </dev/null 2>/dev/null || echo "not measured"
}

# fit_head NAME WIDTH THREADS: writes the head of a small model to $work/NAME.npy.
fit_head() {
    seedhead fit digits --features hidden --width "$2" --threads "$3" --quiet --out "$work/$1.seedhead" >/dev/null &&
        "$python" -c 'import sys, zipfile
open(sys.argv[2], "wb").write(zipfile.ZipFile(sys.argv[1]).read("head.npy"))' "$work/$1.seedhead" "$work/$1.npy"
}

# same_bits SETTING WIDTH THREADS: the head fitted under another setting of the machine equals that of one thread byte for byte.
same_bits() {
    fit_head one "$2" 1 && (export "$1" && fit_head other "$2" "$3") && cmp "$work/one.npy" "$work/other.npy"
}

run_bits() {
    check "1 and 2 threads give one head" same_bits DOTNET_EnableAVX512=1 512 2
    check "with and without AVX-512: one head" same_bits DOTNET_EnableAVX512=0 512 2
    check "with and without AVX2: one head" same_bits DOTNET_EnableAVX2=0 32 2
}

# python_reads DATA [TARGET]: the reader of docs/model-file.md gives the predictions of the command.
python_reads() {
    local target=${2:+--target=$2}
    seedhead fit "$1" $target --width 256 --quiet --out "$work/python.seedhead" &&
        seedhead features "$1" $target --like "$work/python.seedhead" --quiet --out "$work/python.npz" &&
        seedhead predict "$work/python.seedhead" "$1" --quiet --out "$work/python.csv" &&
        "$python" .ci/read_model.py "$work/python.seedhead" "$work/python.npz" "$work/python.csv"
}

numbers_csv() {
    "$python" -c 'print("a,b,y")
for i in range(300):
    a, b = i % 17, i % 23
    print(f"{a},{b},{(a - 8) * (b - 11) / 10 + a:.3f}")' >"$work/numbers.csv"
}

run_python() {
    numbers_csv
    check "the Python reader of docs/model-file.md predicts classes as the command does" python_reads digits
    check "the Python reader of docs/model-file.md predicts numbers as the command does" python_reads "$work/numbers.csv" y
}

# example PROGRAM: its output is the text kept beside it.
example() { dotnet run -c Release "$1" >"$work/example" && diff "${1%.cs}.out" "$work/example"; }

run_examples() {
    local program
    for program in examples/*.cs; do
        check "$program prints ${program%.cs}.out" example "$program"
    done
}
