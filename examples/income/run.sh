#!/usr/bin/env bash
# Two classes, missing values and damaged rows: who earns more than 50,000 dollars a year.
set -euo pipefail
. "$(dirname "$0")/../story.sh"

step '1. Train on rows with missing values; the test has a file of its own'
run train train.yaml -o runs/income

step '2. Serialize and deploy, if it is good for women too'
run serialize runs/income -o income.mlb
run deploy income.mlb --to prod --reason 'first model' \
  --gate-data data/adult-test.csv --gate 'auc >= 0.92' \
  --gate 'auc[sex=Female] >= 0.92' --gate 'rows[sex=Female] >= 1000'
expect 11 deploy income.mlb --to clinic \
  --gate-data data/adult-test.csv --gate 'accuracy[education=Doctorate] >= 0.9' \
  2>&1 | fold -s -w 79

step '3. Score the test file, numbered, with the ages of three people damaged'
mkdir -p in out
awk 'NR == 1 { print "id," $0; next }
  NR % 5000 == 0 { sub(/^[0-9]+/, "unknown") }
  { print NR - 1 "," $0 }' data/adult-test.csv >in/people.csv
run score score.yaml
printf '\n$ head -n 4 out/predictions.csv\n'
head -n 4 out/predictions.csv
printf '\n$ head -n 1 out/rejected.jsonl | fold -w 79\n'
head -n 1 out/rejected.jsonl | fold -w 79

step '4. Monitor: these people are those of the test, so nothing may have changed'
expect 0 monitor monitor.yaml
