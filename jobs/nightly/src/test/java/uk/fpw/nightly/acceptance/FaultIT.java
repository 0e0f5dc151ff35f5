package uk.fpw.nightly.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import uk.fpw.nightly.fault.CallSite;

/** Some of the trials of {@link FaultTrials}, of each part of a load and a release, with the right exit code. */
@Tag("thorough")
class FaultIT {

    @TempDir
    private static Path folder;

    private static final Map<String, FaultTrial> COMMANDS = new HashMap<>();

    @BeforeAll
    static void makeWarehouses() throws IOException {
        FaultWarehouses warehouses = FaultWarehouses.embedded(Installation.here(folder), folder, false);
        COMMANDS.put("ingest", warehouses.load());
        COMMANDS.put("release", warehouses.release());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            # command | fault       | call                            | by                             | exit code
            ingest    | DISK_FULL   | force data/*.parquet            | DurableFiles.sync              | 4
            ingest    | DISK_FULL   | force ./fpw.mv.db               | VerifiedTableOperations.commit | 4
            ingest    | DISK_FULL   | write ./fpw.mv.db               | RunLedger.end                  | 4
            release   | DISK_FAILS  | move releases/.release.json.tmp | ReleaseFiles.write             | 4
            release   | DISK_FAILS  | force releases/.current.tmp     | ReleasePointer.set             | 8
            release   | DISK_FULL   | force ./exports                 | Exports.replace                | 8
            release   | DISK_FAILS  | force ./fpw.mv.db               | RunLedger.end                  | 8
            """)
    void whatIsSaidIsWhatIs(String command, FaultTrial.Fault fault, String call, String by, int exitCode) {
        FaultTrial trial = Objects.requireNonNull(COMMANDS.get(command));
        CallSite site = trial.sites().stream()
                .filter(each -> each.toString().startsWith(call + " ")
                        && each.toString().contains(by))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + call + " by " + by + " in " + trial.sites()));

        FaultTrial.Result result = trial.run(site, fault);

        assertThat(result.problems()).as(result.outcome().toString()).isEmpty();
        assertThat(result.outcome().exitCode()).isEqualTo(exitCode);
    }
}
