#!/usr/bin/env python3
"""Whether every crate that is built in has a licence of the list in deny.toml.

`cargo deny check licenses` says the same and takes minutes to install.
"""

import json
import re
import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def allowed(expression, licences):
    """Whether an SPDX expression can be met with the licences."""
    tokens = re.findall(r"\(|\)|[^\s()/]+|/", expression)

    def alternatives(at):
        met, at = conjunction(at)
        while at < len(tokens) and tokens[at] in ("OR", "/"):
            other, at = conjunction(at + 1)
            met = met or other
        return met, at

    def conjunction(at):
        met, at = one(at)
        while at < len(tokens) and tokens[at] == "AND":
            other, at = one(at + 1)
            met = met and other
        return met, at

    def one(at):
        if tokens[at] == "(":
            met, at = alternatives(at + 1)
            return met, at + 1
        name, at = tokens[at], at + 1
        if at < len(tokens) and tokens[at] == "WITH":
            name, at = f"{name} WITH {tokens[at + 1]}", at + 2
        return name in licences, at

    return alternatives(0)[0]


def main():
    assert allowed("MIT OR GPL-3.0-only", {"MIT"}) and allowed("(MIT OR X) AND Y", {"MIT", "Y"})
    assert not allowed("MIT AND GPL-3.0-only", {"MIT"}) and not allowed("X/Y", {"MIT"})
    licences = set(tomllib.loads((ROOT / "deny.toml").read_text())["licenses"]["allow"])
    command = ["cargo", "metadata", "--format-version", "1", "--locked"]
    packages = json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE, cwd=ROOT).stdout)["packages"]
    refused = [p for p in packages if not allowed(p["license"] or "none", licences)]
    for package in refused:
        print(f"FAILED: {package['name']} {package['version']}: {package['license']}")
    print(f"{len(packages) - len(refused)} passed, {len(refused)} failed")
    sys.exit(1 if refused else 0)


if __name__ == "__main__":
    main()
