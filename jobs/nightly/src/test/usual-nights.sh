#!/usr/bin/env bash
# Runs ordinary nights and reports how close each queue came to the limits that would prevent a release: by default two nights of Fenmarch.
# Arguments go to Maven: -Dfpw.usual.force=boston, or late, -Dfpw.usual.nights=60 -Dfpw.usual.last=2015-12-31.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../../../.."
mvn -B -q -DskipTests package
exec mvn -B -pl jobs/nightly -am test-compile failsafe:integration-test failsafe:verify \
    -Dfailsafe.failIfNoSpecifiedTests=false -Dit.test=UsualReleases -Dfpw.test.excluded= "$@"
