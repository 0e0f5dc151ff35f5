#!/usr/bin/env bash
# Nights with tables in an object store, or on a cluster of Spark, that lose something: a store that refuses every request for 20 seconds, or
# for good, or lists new objects late, a killed driver, a worker that is lost for good, and five nights whose processes are all killed at
# random moments. Each ends with the release of a force in a folder. Half an hour. Arguments go to Maven: -Dfpw.kill.seed=42 repeats the
# moments that a run printed, -Dfpw.store.kills=20 kills more nights, -Dit.test=ObjectStoreTrials#aNightPassesAnOutageOfTwentySeconds is one
# of them.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../../../.."
mvn -B -q -DskipTests package
exec mvn -B -pl jobs/nightly -am test-compile failsafe:integration-test failsafe:verify \
    -Dfailsafe.failIfNoSpecifiedTests=false -Dit.test=ObjectStoreTrials -Dfpw.test.excluded= "$@"
