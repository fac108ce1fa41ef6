"""Peers that are Python packages, in an environment of the benchmarks' own."""

import subprocess
import sys

from common.frame import CACHE

FOLDER = CACHE / "python"


def from_packages(*packages):
    """Installs what is missing of them. Returns the folder of their programs, and why that failed or nothing."""
    programs = FOLDER / "bin"
    pip = [programs / "python", "-m", "pip", "--disable-pip-version-check"]
    if not (programs / "python").exists():
        made = subprocess.run([sys.executable, "-m", "venv", FOLDER], capture_output=True, text=True)
        if made.returncode != 0:
            return programs, f"no environment for Python packages: {(made.stderr or made.stdout).strip().splitlines()[-1]}"
    if subprocess.run([*pip, "show", "-q", *packages], capture_output=True).returncode == 0:
        return programs, None
    print(f"Installing {', '.join(packages)}", flush=True)
    done = subprocess.run([*pip, "install", "-q", *packages], capture_output=True, text=True, stdin=subprocess.DEVNULL)
    return programs, done.stderr.strip().splitlines()[-1] if done.returncode != 0 else None
