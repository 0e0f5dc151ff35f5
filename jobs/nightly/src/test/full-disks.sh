#!/usr/bin/env bash
# Fills the disk of the warehouse during sixty nights; messages, exit codes and what readers see must agree. Needs root, because the disk is
# a file system of its own; about a quarter of an hour. Arguments go to Maven, such as -Dfpw.disk.nights=200.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../../../.."
mvn -B -q -DskipTests package
exec mvn -B -pl jobs/nightly -am test-compile failsafe:integration-test failsafe:verify \
    -Dfailsafe.failIfNoSpecifiedTests=false -Dit.test=FullDisks -Dfpw.test.excluded= "$@"
