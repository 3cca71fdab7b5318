#!/usr/bin/env bash
# Three classes in a shell pipe: penguins from stdin, their species to stdout.
set -euo pipefail
. "$(dirname "$0")/../story.sh"

step '1. Train with five-fold cross-validation, and deploy if the gate holds'
run train train.yaml -o runs/penguins --deploy-to prod

step '2. Score in a pipe: how many of which species on which island'
cat <<'END'

$ mlctl -q score --model penguins@prod --passthrough island \
    < data/penguins.csv | tail -n +2 | sort | uniq -c
END
"$mlctl" -q score --model penguins@prod --passthrough island \
  <data/penguins.csv | tail -n +2 | sort | uniq -c

step '3. One penguin nobody weighed, as JSON, with the probability of each species'
cat >one.json <<'END'
{"island": "Biscoe", "bill_length_mm": 47.5, "bill_depth_mm": 15, "flipper_length_mm": 215, "body_mass_g": null, "sex": "FEMALE"}
END
printf '\n$ cat one.json\n'
fold -s -w 79 one.json | sed 's/ $//'
cat <<'END'

$ mlctl -q score --model penguins@prod --input-format json --probabilities \
    --passthrough body_mass_g < one.json | tr , '\n'
END
"$mlctl" -q score --model penguins@prod --input-format json --probabilities \
  --passthrough body_mass_g <one.json | tr , '\n'
