#!/usr/bin/env bash
# Makes a dev container or codespace ready: builds the course and puts its extension where the editor's server looks for extensions.
# Run once by .devcontainer/devcontainer.json, before the editor connects.
set -euo pipefail
cd "$(dirname "$0")/../.."

dotnet build lib/DeepLearning.Course --nologo --verbosity quiet
course() { dotnet artifacts/bin/DeepLearning.Course/release/DeepLearning.Course.dll "$@"; }
# Codespaces' server and the Dev Containers extension's keep extensions in different folders.
for server in .vscode-remote .vscode-server; do course vscode install --into "$HOME/$server/extensions"; done
course doctor || true
echo 'Open a lesson in notebooks/. If no kernel "C# (Deep Learning)" is offered, type in a terminal: dotnet run --project lib/DeepLearning.Course -- vscode install'
