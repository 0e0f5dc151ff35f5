#!/usr/bin/env bash
# Kills thirty nights, the application and the Spark process in all their phases, and asks for the warehouse of undisturbed ones.
# About half an hour. Arguments go to Maven, such as -Dfpw.kill.seed=42 to repeat the moments that a run printed.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../../../.."
mvn -B -q -DskipTests package
exec mvn -B -pl jobs/nightly -am test-compile failsafe:integration-test failsafe:verify \
    -Dfailsafe.failIfNoSpecifiedTests=false -Dit.test=KilledRunIT -Dfpw.kill.nights=30 -Dfpw.test.excluded= "$@"
