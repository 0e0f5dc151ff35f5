#!/usr/bin/env bash
# Cuts the power at 200 moments of two nights, the first of which creates the warehouse, on a simulated disk, and checks what readers and
# commands find; after ten of the cuts the night is run again. About half an hour; needs strace. Arguments go to Maven: -Dfpw.cuts=1000 for
# more moments, -Dfpw.cut.nights=40 for more nights, -Dfpw.cut.seed=7 for others; -Dfpw.cut.minutes=10 stops after ten minutes, and
# -Dfpw.cut.folder=FOLDER keeps the recordings and results, to continue there. How the disk is simulated:
# src/test/java/uk/fpw/nightly/power/SimulatedDisk.java.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../../../.."
command -v strace >/dev/null || { echo "power-cuts.sh: no strace found; install it (Debian: apt-get install strace)" >&2 && exit 2; }
mvn -B -q -DskipTests package
exec mvn -B -pl jobs/nightly -am test-compile failsafe:integration-test failsafe:verify \
    -Dfailsafe.failIfNoSpecifiedTests=false -Dit.test=PowerCuts -Dfpw.test.excluded= "$@"
