#!/usr/bin/env bash
# seed.sh NEWSGRAPH SEED: the seed article from raw text: its facts beside the reference, and the fifteen questions. SEED is the gold set's folder.
set -euo pipefail
newsgraph=$1 seed=$2
out=$(mktemp -d)
trap 'rm -r "$out"' EXIT
"$newsgraph" extract "$seed/seed.input.jsonl" > "$out/facts.jsonl"
python3 "$seed/../score_facts.py" "$seed/seed.facts.json" "$out/facts.jsonl"
mkdir "$out/answers"
for page in "$seed"/questions/*.md; do
  question=$(sed -n 's/.*suggested): `\([a-z-]*\).*/\1/p' "$page" | head -1)
  parameters=$(sed -n 's/.*parameters: `\([^`]*\)`.*/-v \1/p' "$page" | head -1)
  articles=("$seed/seed.input.jsonl")
  if grep -q second.input "$page"; then articles+=("$seed/second.input.jsonl"); fi
  # A question has one parameter at most, so its words are not quoted.
  # shellcheck disable=SC2086
  "$newsgraph" query "$question" $parameters --in "${articles[@]}" --format tsv > "$out/answers/$(basename "$page" .md).tsv"
done
python3 "$seed/questions/check_answers.py" "$out/answers"
