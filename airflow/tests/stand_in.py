"""A stand-in for the programs, for tests of how a DAG handles their results: it records its calls and returns configured results."""

from __future__ import annotations

import json
import shlex
import sys
from pathlib import Path

PROGRAM = """import json, os, sys
from pathlib import Path

home = Path(__file__).parent
with (home / "calls").open("a") as calls:
    print(json.dumps({"words": sys.argv[1:], "env": dict(os.environ)}), file=calls)
answers = json.loads((home / "answers").read_text())
asked = " ".join(sys.argv[1:])
key = max((key for key in answers if asked.startswith(key)), key=len, default=None)
if key is not None:
    code, output = answers[key].pop(0) if len(answers[key]) > 1 else answers[key][0]
    (home / "answers").write_text(json.dumps(answers))
    print(output)
    sys.stdout.flush()
    if code < 0:
        os.kill(os.getpid(), -code)
    sys.exit(code)
"""


def release(business_date: str, lacking: list[dict] | None = None) -> str:
    """The output of ``fpw releases --format json`` after a release of a date."""
    return json.dumps([{"release_id": f"{business_date}.1", "business_date": business_date, "digest": "d1", "lacking": lacking or [], "is_current": True}])


class StandIn:
    """An installation whose ``fpw`` is the stand-in, except that the names of a force folder come from the real program."""

    def __init__(self, home: Path, real: Path) -> None:
        self.home = home
        (home / "bin").mkdir(parents=True)
        (home / "bin/answer.py").write_text(PROGRAM)
        launcher = home / "bin/fpw"
        names = f'[ "$1 $2" != "check --names" ] || exec {shlex.quote(str(real))} "$@"'
        launcher.write_text(f'#!/bin/sh\n{names}\nexec {shlex.quote(sys.executable)} -IS {shlex.quote(str(home / "bin/answer.py"))} "$@"\n')
        launcher.chmod(0o755)
        self.answer()

    def answer(self, answers: dict[str, list[tuple[int, str]]] | None = None) -> None:
        """
        Forgets its calls. From now on a call answers by the longest key with which its command line begins, each of the key's exit codes and outputs once,
        the last for ever; other calls succeed without output. A negative code is a signal that ends it.
        """
        (self.home / "bin/calls").write_text("")
        (self.home / "bin/answers").write_text(json.dumps(answers or {}))

    @property
    def calls(self) -> list[tuple[str, dict[str, str]]]:
        """Command line and environment of each call, in order."""
        lines = [json.loads(line) for line in (self.home / "bin/calls").read_text().splitlines()]
        return [(" ".join(line["words"]), line["env"]) for line in lines]

    @property
    def words(self) -> list[str]:
        return [words for words, _ in self.calls]
