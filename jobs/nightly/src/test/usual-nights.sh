#!/usr/bin/env bash
# Runs ordinary nights and says how near each queue came to the limits that would stop a release: two nights of Fenmarch, or by arguments,
# which go to Maven, others: -Dfpw.usual.force=boston, or late, -Dfpw.usual.nights=60 -Dfpw.usual.last=2015-12-31.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../../../.."
mvn -B -q -DskipTests package
exec mvn -B -pl jobs/nightly -am test-compile failsafe:integration-test failsafe:verify \
    -Dfailsafe.failIfNoSpecifiedTests=false -Dit.test=UsualReleases -Dfpw.test.excluded= "$@"
