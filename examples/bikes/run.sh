#!/usr/bin/env bash
# The life of a model: trained on the bike hires of 2011, scored on 2012 month by month, found to
# have aged, trained again, and rolled back.
set -euo pipefail
. "$(dirname "$0")/../story.sh"

step '1. Train on 2011: gradient boosting, a fifth of the hours held out'
run train train.yaml -o runs/2011

step '2. Serialize: one Protobuf file, proven by scoring its golden rows again'
run serialize runs/2011 -o bikes-2011.mlb

step '3. Deploy: release 1 in the environment prod'
run deploy bikes-2011.mlb --to prod --gate 'r2 >= 0.85' --reason 'first model'

step '4. Score 2012 with it, month by month'
mkdir -p in out
awk -F, 'NR == 1 { head = $0; next }
  $4 == 1 { file = sprintf("in/2012-%02d.csv", $5)
            if (!(file in seen)) { print head > file; seen[file] }
            print > file }' data/bike-sharing-hour.csv
# The settings of a month.
month() {
  settings=(--set "source.config.path=in/2012-$1.csv" --set "sink.config.path=out/2012-$1.csv"
    --set "dead_letter.config.path=out/rejected-2012-$1.jsonl")
}
month 01
run score score.yaml "${settings[@]}"
printf '\nand so on:\n'
for m in 02 03 04 05 06 07 08 09 10 11 12; do
  month $m
  printf '2012-%s: ' $m
  "$mlctl" score score.yaml "${settings[@]}" >summary
  head -n 1 summary
done
printf '\n$ head -n 3 out/2012-12.csv\n'
head -n 3 out/2012-12.csv

step '5. Monitor: the hires that really happened have arrived'
expect 11 monitor monitor.yaml --labels data/bike-sharing-hour.csv --key instant

step '6. Train again on both years, and deploy in one go if the gates hold'
run train train-both.yaml -o runs/both --deploy-to prod

step '7. Roll back to release 1, by name since monitor has condemned it'
run rollback bikes@prod --to 1 --reason 'a drill'

step 'What happened'
run history bikes@prod
