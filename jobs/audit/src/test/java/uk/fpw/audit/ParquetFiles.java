package uk.fpw.audit;

import java.nio.file.Path;
import uk.fpw.model.DuckSql;

/** Parquet files of a test's folder. */
record ParquetFiles(Path folder) {

    /** Writes the rows of a query as one file; its path. */
    String write(String name, String rows) {
        Path file = folder.resolve(name + ".parquet");
        try (AuditSession session = AuditSession.open("Europe/London")) {
            session.execute("copy (" + rows + ") to " + DuckSql.text(file.toString()) + " (format parquet)");
        }
        return file.toString();
    }
}
