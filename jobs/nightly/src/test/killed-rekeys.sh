#!/usr/bin/env bash
# Kills fpw rekey 30 times, half of them near the switch to the new keys. Each time the result must be the warehouse of an undisturbed
# rekey. About ten minutes. Arguments go to Maven: -Dfpw.kill.seed=42 repeats the moments that a run printed.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../../../.."
mvn -B -q -DskipTests package
exec mvn -B -pl jobs/nightly -am test-compile failsafe:integration-test failsafe:verify \
    -Dfailsafe.failIfNoSpecifiedTests=false -Dit.test=KilledRekeyIT -Dfpw.test.excluded= -Dfpw.kill.rekeys=30 "$@"
