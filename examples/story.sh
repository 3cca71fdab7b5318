# What the examples' scripts share: each copies its folder to a work directory, and prints every
# mlctl command as it runs. Sourced with the script's own arguments.
# usage of each script: run.sh [WORK_DIRECTORY]
#   MLCTL names the program; target/mlctl/bin/mlctl, which "mvn package" makes, if unset
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
mlctl=${MLCTL:-$root/target/mlctl/bin/mlctl}
work=${1:-$root/target/examples/${here##*/}}
if [ ! -x "$mlctl" ]; then
  printf 'error: there is no %s\nhint: build it with "mvn -DskipTests package"\n' "$mlctl" >&2
  exit 2
fi
rm -rf "$work"
mkdir -p "$work"
cp -R "$here"/*.yaml "$here/data" "$work"
cd "$work"
export MLCTL_REGISTRY=$work/registry

step() { printf '\n== %s\n' "$*"; }

# Prints a command as one would type it, on lines that fit a terminal.
show() {
  local line=$1 words= word
  shift
  for word; do
    case $word in *[\ \<\>*]*) word="'$word'" ;; esac
    words="$words $word"
    case $word in -*) continue ;; esac # an option and its value stay together
    if [ $((${#line} + ${#words})) -gt 78 ]; then
      printf '%s \\\n' "$line"
      line="   "
    fi
    line="$line$words"
    words=
  done
  printf '%s\n' "$line$words"
}

run() {
  printf '\n'
  show '$ mlctl' "$@"
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
