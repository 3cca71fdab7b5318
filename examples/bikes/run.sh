#!/usr/bin/env bash
# The life of a model: trained on the bike hires of 2011, scored on 2012 month by month, found to
# have aged, trained again, and rolled back. Each mlctl command is printed as it runs.
# usage: run.sh [WORK_DIRECTORY]    MLCTL names the program, target/mlctl/bin/mlctl if unset
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
mlctl=${MLCTL:-$root/target/mlctl/bin/mlctl}
work=${1:-$root/target/quickstart}
rm -rf "$work"
mkdir -p "$work"
cp -R "$here"/*.yaml "$here/data" "$work"
cd "$work"
export MLCTL_REGISTRY=$work/registry

step() { printf '\n== %s\n' "$*"; }
run() {
  printf '\n$ mlctl %s\n' "$*"
  "$mlctl" "$@"
}
# Runs a command that must end with the given exit code.
expect() {
  local code=0 want=$1
  shift
  run "$@" || code=$?
  printf '(exit code %s)\n' "$code"
  [ "$code" = "$want" ] || { printf 'expected exit code %s\n' "$want" >&2; exit 1; }
}

step '1. Train on 2011: gradient boosting, a fifth of the hours held out'
run train train.yaml -o runs/2011

step '2. Serialize: one Protobuf file, proven by scoring its golden rows again'
run serialize runs/2011 -o bikes-2011.mlb

step '3. Deploy: release 1 in the environment prod'
run deploy bikes-2011.mlb --to prod --gate 'r2 >= 0.85' --reason 'first model'

step '4. Score 2012, month by month'
mkdir -p in out
awk -F, -v OFS=, 'NR == 1 { head = $0; next }
  $4 == 1 { file = sprintf("in/2012-%02d.csv", $5)
            if (!(file in seen)) { print head > file; seen[file] }
            print > file }' data/bike-sharing-hour.csv
for month in 01 02 03 04 05 06 07 08 09 10 11 12; do
  if [ $month = 01 ]; then
    run score score.yaml --set "source.config.path=in/2012-$month.csv" \
      --set "sink.config.path=out/2012-$month.csv"
  else
    run -q score score.yaml --set "source.config.path=in/2012-$month.csv" \
      --set "sink.config.path=out/2012-$month.csv" | head -n 2
  fi
done

step '5. Monitor: the hires that really happened have arrived'
expect 11 monitor monitor.yaml --labels data/bike-sharing-hour.csv --key instant

step 'Train again on both years, and deploy in one go if the gates hold'
run train train-both.yaml -o runs/both --deploy-to prod

step '6. Roll back: back to the last good release, as a new release'
run rollback bikes@prod --reason 'only to show how'

step 'What happened'
run history bikes@prod
