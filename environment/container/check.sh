#!/usr/bin/env bash
# Takes the steps of Containerfile and of the dev container, and says of each whether it works.
# Where a container engine runs, the image is built and tried. Where none does, the same scripts run here on a copy of the repository, with a
# fresh Python environment in the place of the image's and a fresh home in the place of a student's; what that leaves open is said at the end.
set -uo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
work=$(mktemp -d)
server=
cleanup() {
  if [ -n "$server" ]; then kill "$server" 2>/dev/null; wait "$server" 2>/dev/null; fi
  rm -rf "$work"
}
trap cleanup EXIT
failed=0

step() {
  local name=$1
  shift
  if "$@" >"$work/log" 2>&1; then echo "ok      $name"; else failed=1; echo "FAILED  $name"; tail -n 15 "$work/log" | sed 's/^/        /'; fi
}
skip() { echo "skipped $1"; }

files_copied_are_there() {
  local missing=0 from
  for from in $(sed -n 's/^COPY \([^-].*\) [^ ]*$/\1/p' "$here/Containerfile"); do
    [ -e "$root/$from" ] || { echo "Containerfile copies $from, which is not there"; missing=1; }
  done
  return $missing
}

settings_are_json() {
  python3 - "$root/.devcontainer/devcontainer.json" "$root" <<'PY'
import json, os, sys
settings = json.load(open(sys.argv[1]))
script = settings["onCreateCommand"].split()[-1]
assert os.path.isfile(os.path.join(sys.argv[2], script)), f"{script} is not there"
PY
}

image_builds() { "$1" build -f "$here/Containerfile" -t deeplearning-course-check "$root"; }

# In the image: a server's start gives the notebooks, and a cell runs in the kernel.
image_runs() { "$1" run --rm -v "$here/try.py:/tmp/try.py:ro" deeplearning-course-check start.sh python /tmp/try.py; }

copy_of_repository() {
  mkdir "$work/course" && cd "$root" && git ls-files -z --cached --others --exclude-standard | tar --null --files-from - --create | tar --extract --directory "$work/course"
}

# With JupyterLab as in the image where it can be fetched, else with the Jupyter this machine has.
environment() {
  python3 -m venv "$work/env" && "$work/env/bin/python" -m pip install --quiet --retries 0 --timeout 10 jupyterlab nbclient && return
  rm -rf "$work/env"
  /usr/bin/python3 -m venv --without-pip --system-site-packages "$work/env" && "$work/env/bin/python" -c 'import nbclient, notebook'
}

notebooks_given() {
  COURSE="$work/course" HOME="$work/home" NB_USER='' "$work/course/environment/container/give-notebooks.sh" || return 1
  ls "$work/home/course/notebooks"/*.ipynb
}

work_is_kept() {
  local mine
  mine=$(ls "$work/home/course/notebooks"/*.ipynb | head -n 1)
  echo mine > "$mine"
  notebooks_given && [ "$(cat "$mine")" = mine ] && cp "$work/course/notebooks/$(basename "$mine")" "$mine"
}

kernel_is_offered() {
  local port=$((20000 + RANDOM % 20000)) i
  HOME="$work/home" "$work/env/bin/python" -m "$1" --no-browser --allow-root --ip 127.0.0.1 --port "$port" "--$2.token=check" --notebook-dir "$work/home" >"$work/server.log" 2>&1 &
  server=$!
  for i in $(seq 60); do
    if curl --silent --fail "http://127.0.0.1:$port/api/kernelspecs?token=check" >"$work/specs"; then break; fi
    sleep 1
  done
  grep -q '"deeplearning-csharp"' "$work/specs" && grep -q '".net-csharp"' "$work/specs" || { cat "$work/specs" "$work/server.log"; return 1; }
}

plots_are_drawn() { "$work/env/bin/jupyter" labextension list 2>&1 | grep 'jupyterlab-plotly.*enabled'; }

cell_runs() { HOME="$work/home" "$work/env/bin/python" "$here/try.py"; }

extension_unpacked() { HOME="$work/home" bash "$work/course/environment/devcontainer/setup.sh" && ls -d "$work/home/.vscode-remote/extensions/"* "$work/home/.vscode-server/extensions/"*; }

mkdir "$work/home"
step "scripts are well formed" bash -n "$here/install.sh" "$here/give-notebooks.sh" "$root/environment/devcontainer/setup.sh"
step "the files Containerfile copies are there" files_copied_are_there
step "the dev container's settings are JSON and name a script that is there" settings_are_json

engine=
for candidate in docker podman; do
  if [ -z "$engine" ] && command -v "$candidate" >/dev/null && "$candidate" info >/dev/null 2>&1; then engine=$candidate; fi
done
if [ -n "$engine" ]; then
  step "$engine builds the image" image_builds "$engine"
  step "in the image, a start gives the notebooks and a cell runs" image_runs "$engine"
fi
step "a copy of the repository" copy_of_repository
step "a Python environment with Jupyter" environment
step "install.sh builds the course and installs the kernel" "$work/course/environment/container/install.sh" "$work/env"
step "give-notebooks.sh gives the notebooks" notebooks_given
step "a second start leaves a student's work as it is" work_is_kept
if [ -x "$work/env/bin/jupyter-lab" ]; then
  step "JupyterLab offers the kernel, under both names" kernel_is_offered jupyterlab IdentityProvider
  step "JupyterLab has a renderer for live plots" plots_are_drawn
else
  step "Jupyter's notebook server offers the kernel, under both names" kernel_is_offered notebook NotebookApp
  skip "JupyterLab and its renderer for plots: they could not be fetched here"
fi
step "a cell runs in the kernel, and a lesson's first cells" cell_runs
step "the dev container's setup builds and unpacks the extension" extension_unpacked

if [ -z "$engine" ]; then skip "building the image and starting it: no container engine runs here"; fi
skip "a JupyterHub starting the image for a student: needs a hub"
skip "Codespaces and the Dev Containers extension taking the settings: needs them"
exit $failed
