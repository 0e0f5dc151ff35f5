#!/usr/bin/env bash
# Rehearses the way back from a lost warehouse on both databases: nights, a backup after each, folder and database gone, the
# latest backup restored and verified, and the next night, whose release must be that of undisturbed nights. A few minutes;
# needs Docker for PostgreSQL. Arguments go to Maven. Of a warehouse of your own: docs/operator.md, "Backup, restore, move".
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../../../.."
mvn -B -q -DskipTests package
exec mvn -B -pl jobs/nightly -am test-compile failsafe:integration-test failsafe:verify \
    -Dfailsafe.failIfNoSpecifiedTests=false -Dit.test='BackupIT,RestoredWarehouse*IT' -Dfpw.test.excluded= "$@"
