package uk.fpw.generator;

import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import uk.fpw.generator.record.CsvFile;
import uk.fpw.generator.record.RecordVersion;
import uk.fpw.generator.record.SourceRecord;

/**
 * The file with staff in post, which contains every month so far and is rewritten by each call, and next to it the
 * control file with its date.
 */
final class StaffFile implements AutoCloseable {

    private static final String NAME = "staff_in_post.csv";
    private static final String HEADER = "Line,Unit,Month,Staff in post";

    private final Instant end;
    private final CsvFile file;
    private final Path drop;
    private final LocalDate upTo;

    StaffFile(Path drop, LocalDate upTo) {
        this.end = ForceCalendar.endOf(upTo);
        this.file = new CsvFile(drop.resolve(NAME), HEADER);
        this.drop = drop;
        this.upTo = upTo;
    }

    void write(SourceTable staff) {
        for (SourceRecord row : staff.rows) {
            RecordVersion version = row.versionBefore(end);
            if (version != null) {
                file.line(version.values());
            }
        }
    }

    @Override
    public void close() {
        file.close();
        try (CsvFile control = new CsvFile(drop.resolve("staff_in_post.ctl"), "File,Date")) {
            control.line(List.of(NAME, upTo));
        }
    }
}
