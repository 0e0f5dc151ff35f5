#!/usr/bin/env bash
# Runs 53 weeks of a small force on a clock that jumps from night to night, with figures every seventh night, and reports what grew. About
# half an hour. Arguments go to Maven: -Dfpw.year.seed=7 for other nights; -Dfpw.year.folder=FOLDER -Dfpw.year.minutes=15 to continue
# another time.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../../../.."
mvn -B -q -DskipTests package
# the embedded database closes as in an installation
exec mvn -B -pl jobs/nightly -am test-compile failsafe:integration-test failsafe:verify \
    -Dfailsafe.failIfNoSpecifiedTests=false -Dit.test=SimulatedYearIT -Dfpw.year.nights=371 -Dfpw.year.figures=7 -Dfpw.year.pages=true \
    -Dfpw.test.excluded= -Dfpw.test.options=-Xmn512m "$@"
