#!/usr/bin/env bash
# Lets calls of a load and of a release to the machine fail, each once: a full or failing disk, a database that stalls or is gone.
# What they say, their exit codes and what readers see must agree, and the same command run again must be whole. About half an hour;
# PostgreSQL needs Docker. A line for each of at most 200 trials goes to jobs/nightly/target/faults.txt, and a run that was stopped
# continues there; delete the file to begin anew. Arguments go to Maven: -Dfpw.fault.trials=500 for more, -Dfpw.fault.seed=7 for others.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../../../.."
mvn -B -q -DskipTests package
exec mvn -B -pl jobs/nightly -am test-compile failsafe:integration-test failsafe:verify \
    -Dfailsafe.failIfNoSpecifiedTests=false -Dit.test=FaultTrials -Dfpw.test.excluded= "$@"
