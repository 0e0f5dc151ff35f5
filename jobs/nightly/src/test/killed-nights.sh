#!/usr/bin/env bash
# Kills 36 nights, each of their processes in all its phases and every ninth night while it rewrites current rows, and relocations and
# pinnings between them. The result must be the warehouse of undisturbed nights. About half an hour. Arguments go to Maven:
# -Dfpw.kill.seed=42 repeats the moments that a run printed; -Dfpw.kill.minutes=10 -Dfpw.kill.folder=FOLDER stops after ten minutes, to
# continue later in that folder.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../../../.."
mvn -B -q -DskipTests package
exec mvn -B -pl jobs/nightly -am test-compile failsafe:integration-test failsafe:verify \
    -Dfailsafe.failIfNoSpecifiedTests=false -Dit.test=KilledNights -Dfpw.test.excluded= "$@"
