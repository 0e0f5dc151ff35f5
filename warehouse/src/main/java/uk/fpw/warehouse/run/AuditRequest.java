package uk.fpw.warehouse.run;

import com.fasterxml.jackson.annotation.JsonCreator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Input of the audit process.
 *
 * @param releaseId the candidate, or the release that is verified
 * @param zone zone whose calendar dates are the force's days
 * @param definitions what the force defined, see {@link uk.fpw.warehouse.force.DefinedRows}: the rows of each table as
 *     a JSON list
 * @param tables the candidate; without {@code core} only each table by itself can be tested
 * @param mostSpells from this number of spells on, only the totals and some whole series are recounted, and not every
 *     one; {@link #NO_SERIES} if nothing is
 * @param comparedWith the spells of the current release; null if the candidate is compared with none
 * @param scratch folder that takes what does not fit into memory
 * @param resultFile where the {@link AuditResult} is to be written
 */
public record AuditRequest(
        String releaseId,
        String zone,
        Map<String, String> definitions,
        List<Table> tables,
        long mostSpells,
        @Nullable BaselineSpells comparedWith,
        String scratch,
        String resultFile) {

    /** What is to be audited and compared with no release. */
    public AuditRequest(
            String releaseId,
            String zone,
            Map<String, String> definitions,
            List<Table> tables,
            long mostSpells,
            String scratch,
            String resultFile) {
        this(releaseId, zone, definitions, tables, mostSpells, null, scratch, resultFile);
    }

    /** As it is read from a run file. */
    @JsonCreator
    public AuditRequest {}

    /** Command line argument of the audit process for this task. */
    public static final String WORD = "audit";

    /** Every series is recounted, however many spells there are. */
    public static final long EVERY_SERIES = Long.MAX_VALUE;

    /** Nothing is recounted. */
    public static final long NO_SERIES = -1;

    /** Limit for the recount of a run. */
    public static final long OF_A_NIGHT = 200_000;

    /** Environment variable with what DuckDB may use in the audit before it writes to disk, such as {@code 4GB}. */
    public static final String MEMORY_VARIABLE = "FPW_AUDIT_MEMORY";

    /** Every file that the audit reads. */
    public List<String> files() {
        return Stream.concat(
                        tables.stream().flatMap(table -> table.files().stream()),
                        comparedWith == null ? Stream.of() : comparedWith.files().stream())
                .toList();
    }

    /**
     * One table.
     *
     * @param name qualified name, such as {@code mart.queue_daily}
     * @param columns columns that it was written with; one that its model has gained since is null, and no part of its
     *     digest
     * @param files absolute paths of the Parquet files that together are the table; none for a table without rows
     */
    public record Table(String name, List<String> columns, List<String> files) {}
}
