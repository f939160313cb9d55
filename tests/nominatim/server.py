"""A real Nominatim on loopback for the tests, from the hand-written places of film.osm.

    python3 tests/nominatim/server.py run COMMAND …   COMMAND with DOUBLETAKE_TEST_NOMINATIM set,
                                                      and DOUBLETAKE_TEST_POSTGRES to its PostgreSQL
    python3 tests/nominatim/server.py build           only what `run` would build before it serves

Needs Debian's PostgreSQL, PostGIS and osm2pgsql, which root gets installed where they are missing.
What was built is kept in /var/cache/doubletake-nominatim (for root; ~/.cache otherwise, or where
DOUBLETAKE_TEST_NOMINATIM_FOLDER says) and built again only when film.osm, requirements.txt or
this file has changed. PostgreSQL listens on no port, only on a socket in that folder, and both
servers are stopped at the end, however it ends. The standard library alone, for any Python 3.9.
"""

import fcntl
import hashlib
import importlib.util
import os
import shutil
import signal
import socket
import subprocess
import sys
import sysconfig
import time
import urllib.request
from contextlib import contextmanager
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = os.geteuid() == 0
FOLDER = Path(
    os.environ.get("DOUBLETAKE_TEST_NOMINATIM_FOLDER")
    or ("/var/cache" if ROOT else Path.home() / ".cache") / Path("doubletake-nominatim")
)
VENV, PROJECT, CLUSTER = FOLDER / "venv", FOLDER / "project", FOLDER / "cluster"
STAMP, ORPHAN = FOLDER / "built", FOLDER / "nominatim.pid"
PACKAGES = (
    "postgresql postgresql-postgis postgresql-postgis-scripts osm2pgsql libicu-dev pkg-config"
    " g++ python3-dev python3-venv"
).split()
QUICK = "-c fsync=off -c full_page_writes=off -c synchronous_commit=off -c listen_addresses="


def main(arguments):
    """Build, and with `run` serve while a command runs; the exit status is the command's."""
    action, command = arguments[:1], arguments[1:]
    if action not in (["build"], ["run"]) or (action == ["run"]) != bool(command):
        print(__doc__, file=sys.stderr)
        return 2
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda *_: sys.exit(143))
    FOLDER.mkdir(parents=True, exist_ok=True)
    with open(FOLDER / "lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # a second run waits for the first
        need_packages()
        need_venv()
        with postgres():
            need_database()
            if not command:
                return 0
            with nominatim() as address:
                store = f"postgresql+psycopg://tests@/postgres?host={CLUSTER}"
                servers = {
                    "DOUBLETAKE_TEST_NOMINATIM": address,
                    "DOUBLETAKE_TEST_POSTGRES": store,
                }
                return subprocess.call(command, env=os.environ | servers)


def need_packages():
    """Install Debian's packages where something of theirs is missing."""
    if not missing():
        return
    if not (ROOT and shutil.which("apt-get")):
        sys.exit(f"Without {missing()} there is no Nominatim. Install: {' '.join(PACKAGES)}.")
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    tell("installing PostgreSQL, PostGIS and osm2pgsql")
    apt = ["apt-get", "-qq", "-o", "DPkg::Lock::Timeout=300", "-o", "Acquire::Retries=3"]
    do([*apt, "update"], 300, env=environment)
    do([*apt, "install", "-y", "--no-install-recommends", *debian_names()], 900, env=environment)
    if missing():
        sys.exit(f"Debian's packages were installed, but {missing()} is not there.")


def missing():
    """The first thing that is not there, or None."""
    header = Path(sysconfig.get_paths()["include"], "Python.h")
    icu = ["pkg-config", "--exists", "icu-i18n"]
    there = {
        "PostgreSQL with PostGIS": postgres_programs(),
        "osm2pgsql": shutil.which("osm2pgsql"),
        "a C++ compiler": shutil.which("g++"),
        "Python's ensurepip": importlib.util.find_spec("ensurepip"),
        "Python's headers": header.exists(),
        "libicu": shutil.which("pkg-config") and subprocess.run(icu).returncode == 0,
    }
    return next((name for name, found in there.items() if not found), None)


def debian_names():
    """PACKAGES, with PostGIS by the name that goes with this Debian's PostgreSQL."""
    shown = subprocess.run(
        ["apt-cache", "depends", "postgresql"], capture_output=True, text=True, check=True
    ).stdout
    version = shown.split("postgresql-", 1)[1].split()[0]
    postgis = (f"postgresql-{version}-postgis-3", f"postgresql-{version}-postgis-3-scripts")
    return [*(name for name in PACKAGES if "postgis" not in name), *postgis]


def postgres_programs():
    """The folder of the newest initdb whose PostgreSQL has PostGIS, or None."""
    control = "/usr/share/postgresql/{}/extension/postgis.control"
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=version_of)
    able = [path for path in found if Path(control.format(path.parts[-3])).exists()]
    return able[-1].parent if able else None


def version_of(path):
    """The number in /usr/lib/postgresql/15/bin/initdb."""
    return float(path.parts[-3])


def need_venv():
    """An environment with Nominatim in it; PyICU is compiled, which takes most of the time."""
    wanted = hashlib.sha256((HERE / "requirements.txt").read_bytes()).hexdigest()
    mark = VENV / "installed"
    if mark.exists() and mark.read_text() == wanted and (VENV / "bin/nominatim").exists():
        return
    tell("installing Nominatim")
    shutil.rmtree(VENV, ignore_errors=True)
    do([sys.executable, "-m", "venv", VENV], 120)
    pip = [VENV / "bin/python", "-m", "pip", "install", "-q", "--disable-pip-version-check"]
    do([*pip, "-r", HERE / "requirements.txt"], 900)
    mark.write_text(wanted)


@contextmanager
def postgres():
    """PostgreSQL on a socket in CLUSTER, its user the owner of the cluster."""
    control = [postgres_programs() / "pg_ctl", "-D", CLUSTER / "data", "-w", "-t", "60"]
    if not fresh():
        tell("creating a PostgreSQL cluster")
        if (CLUSTER / "data/postmaster.pid").exists():
            subprocess.run(as_postgres([*control, "stop", "-m", "immediate"]), check=False)
        shutil.rmtree(CLUSTER, ignore_errors=True)
        CLUSTER.mkdir(mode=0o755)
        if ROOT:
            shutil.chown(CLUSTER, "postgres", "postgres")
        make = [postgres_programs() / "initdb", "-D", CLUSTER / "data", "--no-sync", "-U", "tests"]
        do(as_postgres([*make, "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8"]), 120)
    subprocess.run(as_postgres([*control, "stop", "-m", "fast"]), capture_output=True, check=False)
    options = f"{QUICK} -c unix_socket_directories={CLUSTER}"
    do(as_postgres([*control, "-l", CLUSTER / "log", "-o", options, "start"]), 90)
    try:
        yield
    finally:
        subprocess.run(as_postgres([*control, "stop", "-m", "fast"]), capture_output=True)


def need_database():
    """Import film.osm, once."""
    if fresh():
        return
    tell("importing film.osm")
    shutil.rmtree(PROJECT, ignore_errors=True)
    PROJECT.mkdir()
    # With the country grid and names that come with the package, and without any download.
    dsn = f"pgsql:dbname=nominatim;host={CLUSTER};user=tests"
    (PROJECT / ".env").write_text(
        f'NOMINATIM_DATABASE_DSN="{dsn}"\nNOMINATIM_DATABASE_WEBUSER="web"\n'
    )
    psql = ["psql", "-q", "-h", CLUSTER, "-U", "tests", "-d", "postgres"]
    do([*psql, "-c", "DROP DATABASE IF EXISTS nominatim", "-c", 'DROP ROLE IF EXISTS "web"'], 60)
    do([*psql, "-c", 'CREATE ROLE "web" LOGIN'], 60)
    imported = ["import", "-q", "--osm-file", HERE / "film.osm", "--no-updates", "--offline"]
    do([VENV / "bin/nominatim", *imported, "-j", "2"], 300, cwd=PROJECT)
    STAMP.write_text(state())


@contextmanager
def nominatim():
    """Serve on a free port of loopback; gives the address once it answers."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        host = f"127.0.0.1:{probe.getsockname()[1]}"
    stop_orphan()
    serve = [VENV / "bin/nominatim", "serve", "--server", host]
    with open(FOLDER / "nominatim.log", "w") as log:
        heard = {"stdout": log, "stderr": log, "start_new_session": True}
        process = subprocess.Popen(serve, cwd=PROJECT, **heard)
        ORPHAN.write_text(str(process.pid))
        try:
            wait_for(f"http://{host}/status", process)
            yield f"http://{host}"
        finally:
            process.terminate()
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()


def stop_orphan():
    """Stop the server of a run that was killed too hard to stop it."""
    try:
        number = int(ORPHAN.read_text())
        if str(VENV).encode() in Path(f"/proc/{number}/cmdline").read_bytes():
            os.kill(number, signal.SIGTERM)
    except (OSError, ValueError):
        pass


def wait_for(address, process, seconds=60):
    """Return once the server says that it is well; give up when it dies or takes too long."""
    end = time.monotonic() + seconds
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    while time.monotonic() < end and process.poll() is None:
        try:
            if opener.open(address, timeout=5).read().strip() == b"OK":
                return
        except OSError:
            time.sleep(0.2)
    sys.exit(f"Nominatim did not start:\n{(FOLDER / 'nominatim.log').read_text()}")


def state():
    """What the database was built from, as a hash."""
    files = (HERE / "film.osm", HERE / "requirements.txt", Path(__file__))
    built = hashlib.sha256(str(postgres_programs()).encode())
    for path in files:
        built.update(path.read_bytes())
    return built.hexdigest()


def fresh():
    """Whether the database was built to its end from the files as they are."""
    return STAMP.exists() and STAMP.read_text() == state() and (CLUSTER / "data").exists()


def as_postgres(command):
    """The command as the user postgres where we are root, who may not run PostgreSQL."""
    return ["runuser", "-u", "postgres", "--", *command] if ROOT else command


def do(command, seconds, **options):
    """Run a command for at most so many seconds; show its output and stop if it fails."""
    words = [str(word) for word in command]
    options.setdefault("cwd", FOLDER)
    try:
        done = subprocess.run(
            words, timeout=seconds, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
            stdin=subprocess.DEVNULL, text=True, errors="replace", **options,
        )  # fmt: skip
    except subprocess.TimeoutExpired as late:
        sys.exit(f"{' '.join(words[:3])} … took more than {seconds} s:\n{late.output or ''}")
    if done.returncode:
        sys.exit(f"{' '.join(words[:3])} … failed:\n{done.stdout[-4000:]}")


def tell(what):
    """Progress, on standard error."""
    print(f"nominatim: {what} …", file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
