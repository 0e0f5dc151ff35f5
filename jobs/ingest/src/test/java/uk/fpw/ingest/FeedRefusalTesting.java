package uk.fpw.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import uk.fpw.warehouse.failure.ExitCode;
import uk.fpw.warehouse.failure.FpwException;

/** Loads that fail, and their messages. */
abstract class FeedRefusalTesting {

    static final String HEADER = "DEVICE,SUBMITTED,KIND,SIZE,REMARKS";

    @TempDir
    Path folder;

    static void assertFailure(
            IngestTestWarehouse warehouse, String feed, String date, ExitCode exitCode, String message) {
        FpwException failure = failure(warehouse, feed, date);
        assertThat(failure).hasMessage(message);
        assertThat(failure.exitCode()).isEqualTo(exitCode);
    }

    static FpwException failure(IngestTestWarehouse warehouse, String feed, String date) {
        return catchThrowableOfType(FpwException.class, () -> warehouse.load(feed, date));
    }
}
