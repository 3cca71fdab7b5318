#!/usr/bin/env bash
# The life of a model: trained on the bike hires of 2011, scored on 2012 month by month, and watched:
# it ages and is trained again by itself, and a bad release is rolled back by itself.
set -euo pipefail
. "$(dirname "$0")/../story.sh"

step '1. Train on 2011: gradient boosting, a fifth of the hours held out'
run train train.yaml -o runs/2011

step '2. Serialize: one Protobuf file, proven by scoring its golden rows again'
run serialize runs/2011 -o bikes-2011.mlb

step '3. Deploy: release 1 in the environment prod'
run deploy bikes-2011.mlb --to prod --gate 'r2 >= 0.85' --reason 'first model'

step '4. Score 2012 month by month, and judge each when its hires are known'
mkdir -p in out
awk -F, 'NR == 1 { head = $0; next }
  $4 == 1 { file = sprintf("in/2012-%02d.csv", $5)
            if (!(file in seen)) { print head > file; seen[file] }
            print > file }' data/bike-sharing-hour.csv
awk -F, 'NR == 1 || $4 == 0' data/bike-sharing-hour.csv >seen.csv

# Scores a month, and lets guard.yaml roll back when the input is not what the model was made for.
score() {
  settings=(--set "source.config.path=in/2012-$1.csv" --set "sink.config.path=out/2012-$1.csv"
    --set "dead_letter.config.path=out/rejected-2012-$1.jsonl")
  "${2:-quietly}" score score.yaml "${settings[@]}" "${@:3}"
}
quietly() {
  "$mlctl" "$@" >summary
  head -n 1 summary
}
# The hires of a month have become known.
known() { tail -n +2 "in/2012-$1.csv" >>seen.csv; }

score 01 run
expect 0 monitor guard.yaml
known 01
expect 0 monitor monitor.yaml
printf '\nand so on:\n'
for m in 02 03; do
  score $m
  quietly monitor guard.yaml
  known $m
  quietly monitor monitor.yaml
done
printf '\nApril is the second month in which the error is four times that at training:\n\n'
score 04
quietly monitor guard.yaml
known 04
expect 11 monitor monitor.yaml --report report.html
printf '\n'
for m in 05 06 07 08; do
  score $m
  quietly monitor guard.yaml
  known $m
  quietly monitor monitor.yaml
done

step '5. Somebody deploys a model of temperatures in degrees; its gates hold'
awk -F, 'BEGIN { OFS = "," } NR > 1 { $11 = $11 * 41 } 1' seen.csv >degrees.csv
run train train-to-date.yaml --set source.config.path=degrees.csv -o runs/degrees \
  --deploy-to prod --reason 'the new weather service'
score 09
expect 11 monitor guard.yaml
printf '\nSeptember is scored again with the release that is back:\n\n'
score 09 quietly --overwrite
quietly monitor guard.yaml
known 09
quietly monitor monitor.yaml
for m in 10 11 12; do
  score $m
  quietly monitor guard.yaml
  known $m
  quietly monitor monitor.yaml
done
printf '\n$ head -n 3 out/2012-12.csv\n'
head -n 3 out/2012-12.csv

step '6. Roll back by hand, too'
run rollback bikes@prod --to 1 --reason 'a drill'

step 'What happened'
run history bikes@prod
