#!/usr/bin/env bash
# Rehearses recovery from a lost warehouse on both databases: nights with a backup after each, then folder and database are deleted, the
# latest backup is restored and verified, and the release of the next night must be that of undisturbed nights. A few minutes; needs Docker
# for PostgreSQL. Arguments go to Maven. For a warehouse of your own: docs/operator.md, "Backup, restore, move".
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../../../.."
mvn -B -q -DskipTests package
exec mvn -B -pl jobs/nightly -am test-compile failsafe:integration-test failsafe:verify \
    -Dfailsafe.failIfNoSpecifiedTests=false -Dit.test='BackupIT,RestoredWarehouse*IT' -Dfpw.test.excluded= "$@"
