#!/usr/bin/env bash
# A disk that fills up and a disk that is read-only: what was stored stays, the message says what to
# do, the exit code is 4. Needs the right to mount; where that is missing it says so.
set -euo pipefail
newsgraph=$(realpath "$1")
cd "$(dirname "$0")/../.."
disk=$(mktemp -d)
passed=0 failed=0
check() { if "${@:2}"; then passed=$((passed + 1)); else failed=$((failed + 1)); echo "FAILED: $1"; fi; }
if ! mount -t tmpfs -o size=512k newsgraph-test "$disk" 2> /dev/null; then
  rmdir "$disk"
  echo 'skipped: no right to mount a file system'
  exit 0
fi
trap 'umount "$disk"; rmdir "$disk"; rm -f "$inputs" "$message"' EXIT
inputs=$(mktemp) message=$(mktemp)
store=$disk/store

python3 - > "$inputs" << 'END'
import json, random
random.seed(1)
word = lambda: "".join(random.choices("abcdefghijklmnopqrstuvwxyz", k=6))
for number in range(2000):
    print(json.dumps({"id": f"a{number}", "text": " ".join(word() for _ in range(200)) + "."}))
END

"$newsgraph" --store "$store" --quiet add --from facts examples/facts.jsonl
before=$("$newsgraph" --store "$store" --json articles | wc -l)
code=0
"$newsgraph" --store "$store" add "$inputs" 2> "$message" || code=$?
check 'a full disk ends with 4' test "$code" = 4
check 'a full disk is named' grep -q 'no room left' "$message"
after=$("$newsgraph" --store "$store" --json articles | wc -l)
check 'what was acknowledged on a full disk is there' test "$after" -ge "$before"
check 'a store on a full disk can be read' "$newsgraph" --store "$store" export --format nquads --output /dev/null
tail -n 1 "$message"

mount -o remount,ro "$disk"
code=0
"$newsgraph" --store "$store" add examples/articles 2> "$message" || code=$?
check 'a read-only store ends with 4' test "$code" = 4
check 'a read-only store is named' grep -q 'read-only' "$message"
check 'a read-only store can be asked' "$newsgraph" --store "$store" --quiet query who-said-what --format csv --limit 1
tail -n 1 "$message"

printf '%s passed, %s failed\n' "$passed" "$failed"
test "$failed" = 0
