package uk.fpw.generator;

import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;

/** The file with staff in post, which holds every month so far and is written anew by each call. */
final class StaffFile implements AutoCloseable {

    private static final String HEADER = "Line,Unit,Month,Staff in post";

    private final Instant end;
    private final CsvFile file;

    StaffFile(Path drop, LocalDate upTo) {
        this.end = ForceCalendar.endOf(upTo);
        this.file = new CsvFile(drop.resolve("staff_in_post.csv"), HEADER);
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
    }
}
