"""Runs cloud-init's own net-convert for a list of documents, which is much quicker than a process for each.

Reads JSON from standard input: [{"kind": "yaml" | "network_data.json", "text": ..., "output": ..., "macs": [...]}].
Writes JSON: one {"files": {path: text}} or {"error": text} for each. The package is found through PYTHONPATH.
"""

import argparse
import contextlib
import copy
import io
import json
import os
import sys
import tempfile

from cloudinit import distros
from cloudinit.cmd.devel import net_convert

DISTROS = {"sysconfig": "rhel"}
# net-convert writes into these, since it expects to run once.
CONFIGS = {name: copy.deepcopy(distros.fetch(name).renderer_configs) for name in ("debian", "rhel")}


def convert(job):
    with tempfile.TemporaryDirectory() as folder:
        source = os.path.join(folder, "source")
        with open(source, "w", encoding="utf-8") as stream:
            stream.write(job["text"])
        target = os.path.join(folder, "target")
        distro = DISTROS.get(job["output"], "debian")
        distros.fetch(distro).renderer_configs = copy.deepcopy(CONFIGS[distro])
        command = ["-p", source, "-k", job["kind"], "-d", target, "-D", distro, "-O", job["output"]]
        for mac in job.get("macs", []):
            command += ["-m", mac]
        args = net_convert.get_parser(argparse.ArgumentParser()).parse_args(command)
        with contextlib.redirect_stderr(io.StringIO()):
            net_convert.handle_args("net-convert", args)
        args.network_data.close()
        files = {}
        for parent, _folders, names in os.walk(target):
            for name in names:
                path = os.path.join(parent, name)
                with open(path, encoding="utf-8") as stream:
                    files[os.path.relpath(path, target)] = stream.read()
        return {"files": files}


def attempt(job):
    try:
        return convert(job)
    except Exception as error:  # whatever cloud-init makes of a document is the answer
        return {"error": f"{type(error).__name__}: {error}"}


json.dump([attempt(job) for job in json.load(sys.stdin)], sys.stdout)
