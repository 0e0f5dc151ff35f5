#!/usr/bin/env bash
# Runs every command on a warehouse in which a file of each kind, including the database, was emptied, truncated, changed in one bit or
# deleted, 480 times in total: the command must work, or end with exit code 10 and name the file. About a quarter of an hour. Arguments go
# to Maven: -Dfpw.damage.only='raw.*ingest' for matching combinations only.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../../../.."
mvn -B -q -DskipTests package
exec mvn -B -pl jobs/nightly -am test-compile failsafe:integration-test failsafe:verify \
    -Dfailsafe.failIfNoSpecifiedTests=false -Dit.test=DamagedFiles -Dfpw.test.excluded= "$@"
