#!/usr/bin/env bash
# Kills two nights ten times at random moments, the application and the Spark process in turn, and asks for the tables of undisturbed ones.
# About ten minutes. Arguments go to Maven, such as -Dfpw.kill.seed=42 to repeat the moments that a run printed.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../../../.."
mvn -B -q -DskipTests package
exec mvn -B -pl jobs/nightly -am test-compile failsafe:integration-test failsafe:verify \
    -Dfailsafe.failIfNoSpecifiedTests=false -Dit.test=KilledNightIT -Dfpw.kill.nights=2 -Dfpw.kills=5 "$@"
