#!/usr/bin/env bash
# The one command of the project. Alone it lists what it can do.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1

readonly out=artifacts
readonly tutti="$out/bin/Tutti.Server/release/tutti.dll"
readonly storefront="$out/bin/Storefront/release/Storefront.dll"
cleanup=()

fail() { echo "$*" >&2; exit 1; }

on_exit() {
  local i
  for ((i = ${#cleanup[@]} - 1; i >= 0; i--)); do eval "${cleanup[i]}" || true; done
}
trap on_exit EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

need_sdk() {
  local help='install it from https://dotnet.microsoft.com/download/dotnet/10.0'
  command -v dotnet >/dev/null || fail "The .NET 10 SDK is missing: $help"
  dotnet --version >/dev/null 2>&1 || fail "global.json asks for a .NET 10 SDK and none of those installed is one ($(dotnet --list-sdks 2>/dev/null | cut -d' ' -f1 | paste -sd' ')): $help"
}

# need_package NAME PROGRAM...: installs a Debian package whose programs are missing, or says which one it is.
need_package() {
  local package=$1 program
  shift
  for program in "$@"; do
    compgen -G "$program" >/dev/null || command -v "$program" >/dev/null && continue
    [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null || fail "The Debian package $package is missing: sudo apt-get install $package"
    echo "Installing the Debian package $package"
    { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$package"; } >/dev/null \
      || fail "The Debian package $package could not be installed"
    return
  done
}

is_open() { (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

need_port() { ! is_open "$1" || fail "Port $1 is taken: stop what listens there${2:+, or choose another with $2=PORT}"; }

answers() { # answers PORT PATH: whether a GET is answered 200
  local line
  (exec 3<>"/dev/tcp/127.0.0.1/$1" && printf 'GET %s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n' "$2" >&3 && read -r line <&3 && [[ $line == *" 200 "* ]]) 2>/dev/null
}

# start NAME COMMAND...: runs it in the background, its log in artifacts/run, and stops it at the end; its process id is in $started.
start() {
  local name=$1
  "${@:2}" >"$out/run/$name.log" 2>&1 &
  started=$!
  cleanup+=("kill $started 2>/dev/null && wait $started 2>/dev/null")
}

wait_for() { # wait_for NAME PORT PATH: until it answers; what keeps it from starting is shown
  local i
  for ((i = 0; i < 300; i++)); do
    answers "$2" "$3" && return
    kill -0 "$started" 2>/dev/null || { cat "$out/run/$1.log" >&2; fail "$1 did not start"; }
    sleep 0.1
  done
  fail "$1 did not get ready within 30 s: see $out/run/$1.log"
}

build() { # build PROJECT...: Release, warnings are errors; prints only what is wrong
  local project log
  for project in "$@"; do
    log=$(dotnet build "$project" -c Release --nologo 2>&1) || { echo "$log" >&2; fail "$project does not build"; }
  done
}

start_postgres() {
  need_package postgresql '/usr/lib/postgresql/*/bin/initdb'
  local bin data port=54329 as=()
  bin=$(dirname "$(compgen -G '/usr/lib/postgresql/*/bin/initdb' | sort -V | tail -n 1)")
  data=$(mktemp -d)
  while is_open "$port"; do port=$((port + 1)); done
  if [ "$(id -u)" = 0 ]; then # PostgreSQL refuses to run as root
    chown postgres "$data"
    as=(runuser -u postgres --)
  fi
  (cd "$data" && "${as[@]}" "$bin/initdb" -D "$data/db" -U postgres -A trust >/dev/null \
    && "${as[@]}" "$bin/pg_ctl" -D "$data/db" -w -l "$data/log" -o "-p $port -c listen_addresses=127.0.0.1 -k $data" start >/dev/null) \
    || fail "PostgreSQL did not start: $(tail -n 3 "$data/log" 2>/dev/null)"
  cleanup+=("(cd '$data' && ${as[*]} '$bin/pg_ctl' -D '$data/db' -m immediate stop >/dev/null); rm -rf '$data'")
  export TUTTI_TEST_POSTGRES="Host=127.0.0.1;Port=$port;Username=postgres;Database=postgres"
}

run_tests() { # every test of the solution; the totals alone on the last line
  local log status=0 passed failed
  need_package redis-server redis-server
  need_package dnsmasq-base /usr/sbin/dnsmasq
  start_postgres
  log=$(mktemp)
  cleanup+=("rm -f '$log'")
  dotnet test --solution Tutti.slnx -c Release --no-build 2>&1 | tee "$log" || status=$?
  passed=$(sed -n 's/^ *succeeded: *\([0-9]*\).*/\1/p' "$log" | tail -n 1)
  failed=$(sed -n 's/^ *failed: *\([0-9]*\).*/\1/p' "$log" | tail -n 1)
  echo "${passed:-0} passed, ${failed:-0} failed"
  [ "$status" = 0 ] && [ "${passed:-0}" -gt 0 ] && [ "${failed:-0}" = 0 ]
}

do_check() { # formats-checks, builds with warnings as errors, runs every test
  need_sdk
  dotnet restore Tutti.slnx -v quiet
  dotnet format Tutti.slnx --no-restore --verify-no-changes --exclude src/Tutti.Gateway/Storage/Migrations || fail "The code is not formatted: ./build.sh format does it"
  build Tutti.slnx
  run_tests
}

do_test() { # builds and runs every test
  need_sdk
  build Tutti.slnx
  run_tests
}

do_format() { # formats the code
  need_sdk
  dotnet format Tutti.slnx --exclude src/Tutti.Gateway/Storage/Migrations
}

do_run() { # builds and starts gateway and sample backends, loads their parts, sends one aggregate, stays up
  local traffic=${TRAFFIC_PORT:-9000} management=${MANAGEMENT_PORT:-9001} port
  need_sdk
  need_port "$traffic" TRAFFIC_PORT
  need_port "$management" MANAGEMENT_PORT
  for port in 9100 9101 9102 9103 9104 9105; do need_port "$port"; done
  echo 'Building ...'
  build samples/Storefront src/Tutti.Server
  mkdir -p "$out/run"
  rm -f "$out/run/"tutti.db*
  start storefront dotnet "$storefront"
  wait_for storefront 9100 /
  start gateway dotnet "$tutti" serve --traffic "http://localhost:$traffic" --management "http://localhost:$management" \
    --connection-string "Data Source=$out/run/tutti.db" --Tutti:Shutdown:ReadinessDelayMs=0
  wait_for gateway "$traffic" /readyz
  dotnet "$tutti" import samples/Storefront/parts.json --mode update --management "http://localhost:$management"
  dotnet "$tutti" invoke samples/Storefront/aggregate.json --traffic "http://localhost:$traffic"
  cat <<TEXT

Go on with:
  curl -s localhost:$traffic/octoparts/2 -H 'Content-Type: application/json' -d @samples/Storefront/aggregate.json
  curl -s 'localhost:$traffic/parts/echo?fooValue=hello'
  curl -s localhost:$traffic/octoparts/2/list
  curl -s localhost:$management/admin/api/parts/echo
  curl -s localhost:9100/                                        # how the backends behave and misbehave
Admin API: http://localhost:$management/scalar    Metrics: http://localhost:$management/metrics    Logs: $out/run/*.log
Ctrl+C stops everything.
TEXT
  wait -n || true
  fail 'A process ended: see the logs'
}

do_bench() { # bench load [options]: side by side with the hand-written limit; bench micro [options]: a benchmark per step
  local what=${1:-}
  need_sdk
  case $what in
    load)
      need_package nginx /usr/sbin/nginx
      need_package wrk wrk
      need_package redis-server redis-server
      need_package haproxy /usr/sbin/haproxy
      need_package varnish /usr/sbin/varnishd
      build src/Tutti.Server bench/Limit bench/Batch bench/Forward bench/Bytes bench/Load
      dotnet run -c Release --no-build --project bench/Load -- "${@:2}"
      ;;
    micro)
      build bench/Micro
      dotnet run -c Release --no-build --project bench/Micro -- "${@:2}"
      ;;
    *) fail "Write ./build.sh bench load or ./build.sh bench micro" ;;
  esac
}

do_pack() { # packs the NuGet packages and the tutti tool into artifacts/package
  need_sdk
  dotnet pack Tutti.slnx -c Release -v quiet
  ls "$out"/package/release/*.nupkg
}

list() {
  echo 'Usage: ./build.sh COMMAND'
  sed -n 's/^do_\([a-z]*\)() { # \(.*\)/  \1\t\2/p' "${BASH_SOURCE[0]}" | expand -t 12
}

command=${1:-}
[ -n "$command" ] || { list; exit 0; }
declare -F "do_$command" >/dev/null || { list >&2; fail "There is no command '$command'"; }
"do_$command" "${@:2}"
