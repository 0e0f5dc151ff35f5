package uk.fpw.ingest.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.io.TempDir;
import uk.fpw.ingest.TestFeeds;
import uk.fpw.ingest.source.SourceRow;
import uk.fpw.ingest.source.SourceRows;
import uk.fpw.warehouse.failure.ExitCode;
import uk.fpw.warehouse.failure.FpwException;
import uk.fpw.warehouse.force.feed.Feed;

/** The rows of a delimited file, or the failure to read it. */
abstract class CsvTesting {

    static final String HEADER = "DEVICE,SUBMITTED,KIND,SIZE,REMARKS\n";

    @TempDir
    Path drop;

    void assertBad(String text, String message) {
        try {
            assertBad(file("devices.csv", text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8), message);
        } catch (IOException failed) {
            throw new AssertionError(failed);
        }
    }

    static void assertBad(FeedFile file, String message) {
        assertFailure(file, ExitCode.BAD_DATA, file.path() + message);
    }

    static void assertFailure(FeedFile file, ExitCode exitCode, String message) {
        FpwException failure = catchThrowableOfType(FpwException.class, () -> {
            try (SourceRows rows = file.open()) {
                SourceRow row = rows.next();
                while (row != null) {
                    row = rows.next();
                }
            }
        });
        assertThat(failure).hasMessage(message);
        assertThat(failure.exitCode()).isEqualTo(exitCode);
    }

    FeedFile file(String name, byte[] content, Charset encoding) throws IOException {
        Path path = Files.write(drop.resolve(name), content);
        Feed feed = TestFeeds.with(TestFeeds.devices(), name, new CsvFormat(encoding, ',', '"', Set.of("")).declared());
        return new FeedFile(feed, path);
    }
}
