#!/usr/bin/env bash
# Makes system calls of a load and of a release fail, each once: a full or failing disk, a database that stalls or is gone. Messages, exit
# codes and what readers see must agree, and running the same command again must complete the work. About half an hour; PostgreSQL needs
# Docker. A line for each of at most 200 trials goes to jobs/nightly/target/faults.txt, and an interrupted run continues there; delete the
# file to start again. Arguments go to Maven: -Dfpw.fault.trials=500 for more, -Dfpw.fault.seed=7 for other trials.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../../../.."
mvn -B -q -DskipTests package
exec mvn -B -pl jobs/nightly -am test-compile failsafe:integration-test failsafe:verify \
    -Dfailsafe.failIfNoSpecifiedTests=false -Dit.test=FaultTrials -Dfpw.test.excluded= "$@"
