package uk.fpw.audit;

import java.nio.file.Path;
import uk.fpw.audit.session.AuditSession;
import uk.fpw.model.DuckSql;

/** Parquet files of a test's folder. */
public record ParquetFiles(Path folder) {

    /** Of all tests: opening one takes longer than writing a file. */
    private static final AuditSession WRITER = AuditSession.open("Europe/London");

    /** Writes the rows of a query as one file; its path. */
    public String write(String name, String rows) {
        Path file = folder.resolve(name + ".parquet");
        WRITER.execute("copy (" + rows + ") to " + DuckSql.text(file.toString()) + " (format parquet)");
        return file.toString();
    }
}
