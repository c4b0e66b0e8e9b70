"""A standalone Spark cluster on loopback: one master and two workers, started for a test and ended with it."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

HOST = "127.0.0.1"
PATIENCE = 300  # seconds for a process to say that it is there, on a very busy machine


def missing() -> str:
    """Say what a cluster needs and this machine lacks; '' for nothing."""
    try:
        import pyspark  # noqa: F401
    except ImportError:
        return "PySpark is not installed: pip install 'lookforward[spark]'"
    return "" if shutil.which("java") else "there is no Java: run tests/system-packages"


@contextmanager
def spark_cluster(folder: Path) -> Iterator[str]:
    """Start a master and two workers of one core each; give the master's URL. Nothing leaves this machine."""
    port = _free_port()
    url = f"spark://{HOST}:{port}"
    master = ["master.Master", "--host", HOST, "--port", str(port), "--webui-port", "0"]
    with ExitStack() as running:
        running.enter_context(_process(master, folder / "master", "I have been elected leader"))
        for number in (1, 2):
            place = folder / f"worker-{number}"
            worker = ["worker.Worker", "--host", HOST, "--cores", "1", "--memory", "1g", "--webui-port", "0"]
            worker += ["--work-dir", str(place), url]
            running.enter_context(_process(worker, place, "Successfully registered with master"))
        yield url


@contextmanager
def _process(arguments: list[str], folder: Path, sign: str) -> Iterator[None]:
    import pyspark

    folder.mkdir(parents=True)
    home = Path(pyspark.__file__).parent
    # Master and workers only hand out work: the quick compiler is enough, and they start in half the time.
    environment = {**os.environ, "SPARK_HOME": str(home), "SPARK_LOCAL_IP": HOST, "SPARK_DAEMON_MEMORY": "512m"}
    environment["SPARK_DAEMON_JAVA_OPTS"] = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"
    command = [str(home / "bin" / "spark-class"), f"org.apache.spark.deploy.{arguments[0]}", *arguments[1:]]
    log = folder / "log"
    with log.open("wb") as out:
        process = subprocess.Popen(command, stdout=out, stderr=subprocess.STDOUT, env=environment)
        try:
            _wait_for(sign, log, process)
            yield
        finally:
            process.terminate()
            process.wait(timeout=30)


def _wait_for(sign: str, log: Path, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + PATIENCE
    while sign not in log.read_text(errors="replace"):
        if process.poll() is not None or time.monotonic() > until:
            raise RuntimeError(f"the cluster did not start: {log.read_text(errors='replace')[-2000:]}")
        time.sleep(0.2)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port: int = probe.getsockname()[1]
        return port
