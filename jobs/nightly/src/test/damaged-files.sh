#!/usr/bin/env bash
# Runs every command over a warehouse of which each kind of file, the database too, was emptied, cut, flipped in one bit or deleted,
# 480 times in all: it works, or ends with exit code 10 and names the file. About a quarter of an hour. Arguments go to Maven:
# -Dfpw.damage.only='raw.*ingest' for those of the combinations that match.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../../../.."
mvn -B -q -DskipTests package
exec mvn -B -pl jobs/nightly -am test-compile failsafe:integration-test failsafe:verify \
    -Dfailsafe.failIfNoSpecifiedTests=false -Dit.test=DamagedFiles -Dfpw.test.excluded= "$@"
