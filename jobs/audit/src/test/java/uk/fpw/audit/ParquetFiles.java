package uk.fpw.audit;

import java.nio.file.Path;
import uk.fpw.audit.session.AuditSession;
import uk.fpw.model.DuckSql;

/** Writes Parquet files to the folder of a test. */
public record ParquetFiles(Path folder) {

    /** Shared by all tests: opening a session takes longer than writing a file. */
    private static final AuditSession WRITER = AuditSession.open("Europe/London");

    /** Writes the rows of a query to one file; returns its path. */
    public String write(String name, String rows) {
        Path file = folder.resolve(name + ".parquet");
        WRITER.execute("copy (" + rows + ") to " + DuckSql.text(file.toString()) + " (format parquet)");
        return file.toString();
    }
}
