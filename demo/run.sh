#!/usr/bin/env bash
# Pays the rows of examples/payouts.csv in a real n8n: `npm run demo`, or `bash demo/run.sh`.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

if ! command -v node >/dev/null || ! command -v npm >/dev/null; then
	echo "The demo needs Node 20 or newer, with npm. Please install it from https://nodejs.org first."
	exit 1
fi
major="$(node -p 'process.versions.node.split(".")[0]')"
if [ "$major" -lt 20 ]; then
	echo "The demo needs Node 20 or newer; this is Node $(node -v). Please install a newer one first."
	exit 1
fi

if ! [ -e node_modules/.package-lock.json ]; then
	echo "Installing the packages that the demo needs. This takes about a minute and happens only once."
	log="$(mktemp)"
	# In the background, so that Ctrl-C and a kill reach the trap while npm is working.
	npm ci >"$log" 2>&1 &
	npm=$!
	trap 'kill "$npm" 2>/dev/null || true; wait "$npm" || true; rm -f "$log"; exit 130' INT TERM HUP
	if ! wait "$npm"; then
		cat "$log"
		echo "npm ci failed. Its output is above."
		rm -f "$log"
		exit 1
	fi
	trap - INT TERM HUP
	rm -f "$log"
fi

# exec, so that signals reach the demo, which then ends everything it has started.
exec node --import tsx demo/main.mts "$@"
