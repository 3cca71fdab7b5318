#!/usr/bin/env bash
# Builds mlctl and takes the bike-sharing model through its whole life on real data.
set -euo pipefail
cd "$(dirname "$0")/.."
printf 'Building mlctl (the first time Maven fetches its libraries) ...\n'
mvn -B -q -ntp -DskipTests package
exec examples/bikes/run.sh
