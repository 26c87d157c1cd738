#!/usr/bin/env bash
# Builds the course and installs its kernel, and JupyterLab's renderer for live plots, into a Python environment.
# Usage: install.sh <prefix>, such as /opt/conda. Run by Containerfile in the image, and by check.sh.
set -euo pipefail
prefix=${1:?usage: install.sh <prefix of a Python environment>}
cd "$(dirname "$0")/../.."

dotnet build lib/DeepLearning.Course --nologo --verbosity quiet
dotnet artifacts/bin/DeepLearning.Course/release/DeepLearning.Course.dll kernel install --prefix "$prefix"
# Version 5 is the last that draws plotly's MIME type in JupyterLab by itself.
"$prefix/bin/python" -m pip install --quiet --no-cache-dir --retries 1 plotly==5.24.1 \
  || echo "JupyterLab's renderer for plots could not be fetched; plots will be still pictures there"
chmod -R a+rX . "$prefix/share/jupyter/kernels"
