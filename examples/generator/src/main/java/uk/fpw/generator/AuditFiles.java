package uk.fpw.generator;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import uk.fpw.generator.record.CsvFile;
import uk.fpw.generator.record.RecordVersion;
import uk.fpw.generator.record.SourceRecord;

/** The files of one call: one with everything so far, or one per day since the last call, even if nothing is new. */
final class AuditFiles implements AutoCloseable {

    static final String HEADER = "Audit,Case,Scheme version,Grade,Theme,Assessor,Population,Selection,Judged on";

    private static final String PREFIX = "case_audits_";

    private final Map<LocalDate, CsvFile> files = new TreeMap<>();
    private final boolean isFirst;

    /** Deletes the files of an earlier force if this one is new, and creates those of the call. */
    AuditFiles(Path drop, @Nullable LocalDate since, LocalDate upTo) {
        this.isFirst = since == null;
        if (since == null) {
            empty(drop);
            files.put(upTo, new CsvFile(path(drop, upTo), HEADER));
        } else {
            for (LocalDate day = since.plusDays(1); !day.isAfter(upTo); day = day.plusDays(1)) {
                files.put(day, new CsvFile(path(drop, day), HEADER));
            }
        }
    }

    static Path path(Path drop, LocalDate day) {
        return drop.resolve(PREFIX + day + ".csv");
    }

    private static void empty(Path drop) {
        try {
            Files.createDirectories(drop);
            try (Stream<Path> old = Files.list(drop)) {
                for (Path file : old.toList()) {
                    if (file.getFileName().toString().startsWith(PREFIX)) {
                        Files.delete(file);
                    }
                }
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(drop + " cannot be emptied", failure);
        }
    }

    void write(SourceTable audits) {
        files.forEach((day, file) -> {
            Instant before = isFirst ? Instant.MIN : ForceCalendar.endOf(day.minusDays(1));
            for (SourceRecord row : audits.rows) {
                RecordVersion version = row.versionBefore(ForceCalendar.endOf(day));
                if (version != null && row.knownBefore(before) < row.knownBefore(ForceCalendar.endOf(day))) {
                    file.line(version.values());
                }
            }
        });
    }

    @Override
    public void close() {
        files.values().forEach(CsvFile::close);
    }
}
