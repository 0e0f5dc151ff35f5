package uk.fpw.ingest.xlsx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.io.TempDir;
import uk.fpw.ingest.TestFeeds;
import uk.fpw.ingest.file.FeedFile;
import uk.fpw.ingest.source.SourceRow;
import uk.fpw.ingest.source.SourceRows;
import uk.fpw.warehouse.failure.ExitCode;
import uk.fpw.warehouse.failure.FpwException;
import uk.fpw.warehouse.force.feed.Feed;
import uk.fpw.warehouse.force.feed.Origin;

/** The rows of a workbook, or the failure to read it. */
abstract class XlsxTesting {

    static final String HEADER = TestWorkbook.texts(1, "Device", "Kind", "Remarks");

    @TempDir
    Path folder;

    List<String> rows(TestWorkbook workbook, Map<String, Object> options) throws IOException {
        return rows(workbook.write(folder.resolve("devices.xlsx")), options);
    }

    static List<String> rows(Path path, Map<String, Object> options) {
        List<String> found = new ArrayList<>();
        try (SourceRows rows = new FeedFile(feed(options), path).open()) {
            for (SourceRow row = rows.next(); row != null; row = rows.next()) {
                found.add(row.line() + " " + (row.problem() == null ? row.fields() : row.problem()));
            }
            assertThat(rows.digest()).hasSize(64);
        }
        return found;
    }

    void assertBad(TestWorkbook workbook, Map<String, Object> options, String message) throws IOException {
        assertBad(workbook.write(folder.resolve("devices.xlsx")), options, message);
    }

    void assertBad(byte[] content, String message) throws IOException {
        assertBad(Files.write(folder.resolve("devices.xlsx"), content), Map.of(), message);
    }

    static void assertBad(Path path, Map<String, Object> options, String message) {
        FpwException failure = catchThrowableOfType(FpwException.class, () -> rows(path, options));
        assertThat(failure).hasMessage(path + message);
        assertThat(failure.exitCode()).isEqualTo(ExitCode.BAD_DATA);
    }

    static String cell(String address, String text) {
        return "<c r=\"" + address + "\" t=\"inlineStr\"><is><t>" + text + "</t></is></c>";
    }

    static Feed feed(Map<String, Object> options) {
        Feed feed = TestFeeds.feed(
                "devices",
                List.of("device_id"),
                "device_id",
                TestFeeds.column("device_id", "Device", Feed.Type.TEXT),
                TestFeeds.column("kind", "Kind", Feed.Type.TEXT));
        return TestFeeds.with(
                feed, new Origin.DroppedFile("devices.xlsx", new Origin.Format("xlsx", options), Set.of("Remarks")));
    }
}
