#!/usr/bin/env bash
# Measures a graphics card: the library and PyTorch in turn. See README.md beside this.
#
#   gpu.sh [what `gpu` takes]        on a machine with .NET, such as: gpu.sh --tf32 --csv h200.csv
#   gpu.sh pack FOLDER               makes a folder that needs neither .NET nor a network; there: FOLDER/gpu.sh --tf32
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
if [ "${1:-}" = pack ]; then
  folder=${2:?which folder?}
  dotnet publish "$here" -p:Gpu=true --runtime linux-x64 --self-contained --output "$folder"
  cp "$here/gpu.sh" "$folder/"
elif [ -x "$here/DeepLearning.Benchmarks" ]; then
  exec "$here/DeepLearning.Benchmarks" gpu "$@"
else
  exec dotnet run --project "$here" -p:Gpu=true -- gpu "$@"
fi
