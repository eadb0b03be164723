#!/usr/bin/env python3
"""Runs clients that we did not write against the simulated tenant.

Makes a virtual environment below `target/` and runs every `*_check.py` and `*_check.mjs` beside this file, each
against a fresh `convoke-tenant` with TLS, as it was built, in which MSAL has signed in. A check whose comments hold
lines `tenant: ARGUMENTS` is run once for each of them, with a tenant started that way. The variables they get:

  TENANT_READY   the line of JSON that the tenant printed
  TENANT_GRAPH   Microsoft Graph's address, with its version
  TENANT_TOKEN   an access token for it
  REQUESTS_CA_BUNDLE, SSL_CERT_FILE, NODE_EXTRA_CA_CERTS   the tenant's CA

Arguments name the checks to run, all without any. Ends with `N passed, 0 failed` and status 0 when all checks pass.
"""

import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import venv

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[3]
TARGET = pathlib.Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target"))
REQUIREMENTS = HERE / "requirements.txt"
LIMIT_SECONDS = 300


def python() -> str:
    """The interpreter of a virtual environment with what requirements.txt lists."""
    folder = TARGET / "clients-venv"
    program = folder / ("Scripts" if os.name == "nt" else "bin") / "python"
    stamp = folder / "installed.txt"
    wanted = REQUIREMENTS.read_text()
    if not (stamp.exists() and stamp.read_text() == wanted):
        venv.create(folder, with_pip=True, clear=True)
        install = [program, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-r", REQUIREMENTS]
        subprocess.run(install, check=True)
        stamp.write_text(wanted)
    return str(program)


def node_modules() -> bool:
    """Installs what package-lock.json lists; whether checks for Node can run."""
    if not (HERE / "package-lock.json").exists() or shutil.which("npm") is None:
        return False
    lock = (HERE / "package-lock.json").read_text()
    stamp = HERE / "node_modules" / ".installed"
    if not (stamp.exists() and stamp.read_text() == lock):
        subprocess.run(["npm", "ci", "--silent", "--no-audit", "--no-fund"], cwd=HERE, check=True)
        stamp.write_text(lock)
    return True


def tenant_program() -> str:
    name = "convoke-tenant.exe" if os.name == "nt" else "convoke-tenant"
    program = TARGET / os.environ.get("TENANT_PROFILE", "debug") / name
    if not program.exists():
        sys.exit("convoke-tenant is not built: cargo build -p convoke-tenant")
    return str(program)


def environment(ready: dict) -> dict:
    trusted = {name: ready["ca"] for name in ("REQUESTS_CA_BUNDLE", "SSL_CERT_FILE", "NODE_EXTRA_CA_CERTS")}
    own = {"TENANT_READY": json.dumps(ready), "TENANT_GRAPH": ready["graph"], "NO_PROXY": "localhost,127.0.0.1,::1"}
    return {**os.environ, **trusted, **own, "no_proxy": own["NO_PROXY"], "PYTHONPATH": str(HERE)}


def tenants(check: pathlib.Path) -> list[list[str]]:
    """How the tenants of a check are started."""
    wanted = re.findall(r"^# tenant: (.*)$", check.read_text(), re.MULTILINE)
    return [line.split() for line in wanted] or [["--seed", "7"]]


def checks(interpreter: str) -> list[tuple[pathlib.Path, list[str]]]:
    found = [(file, [interpreter, str(file)]) for file in sorted(HERE.glob("*_check.py"))]
    scripts = sorted(HERE.glob("*_check.mjs"))
    if scripts and not node_modules():
        sys.exit("npm or package-lock.json is missing: the checks for Node can't run")
    return found + [(file, ["node", str(file)]) for file in scripts]


def run(name: str, arguments: list[str], command: list[str], interpreter: str) -> bool:
    """Runs one check against a tenant of its own, so that what it does there disturbs no other."""
    tenant = subprocess.Popen([tenant_program(), "--tls", *arguments], stdout=subprocess.PIPE, text=True)
    try:
        line = tenant.stdout.readline()
        if not line:
            sys.exit("convoke-tenant did not start")
        variables = environment(json.loads(line))
        variables["TENANT_TOKEN"] = output([interpreter, str(HERE / "signed_in.py")], variables).strip()
        print(output(command, variables), end="")
        return True
    except subprocess.CalledProcessError as failed:
        print(f"{failed.stdout}FAILED {name}\n{failed.stderr}")
    except subprocess.TimeoutExpired:
        print(f"FAILED {name}: not done after {LIMIT_SECONDS} s")
    finally:
        tenant.terminate()
        tenant.wait(timeout=10)
    return False


def output(command: list[str], variables: dict) -> str:
    limits = {"timeout": LIMIT_SECONDS, "capture_output": True, "text": True, "check": True}
    return subprocess.run(command, env=variables, cwd=HERE, **limits).stdout


def main() -> int:
    interpreter = python()
    results = [
        run(check.name, arguments, command, interpreter)
        for check, command in checks(interpreter)
        if len(sys.argv) == 1 or check.name in sys.argv[1:]
        for arguments in tenants(check)
    ]
    print(f"{sum(results)} passed, {len(results) - sum(results)} failed")
    return 0 if results and all(results) else 1


if __name__ == "__main__":
    sys.exit(main())
