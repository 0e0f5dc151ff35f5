package uk.fpw.warehouse.run;

import java.util.List;
import java.util.Map;

/**
 * What the audit process is asked to do.
 *
 * @param releaseId the candidate, or the release that is looked at again
 * @param zone zone whose calendar dates are the force's days
 * @param definitions what the force defined, see {@link uk.fpw.warehouse.force.DefinedRows}: the rows of each table as a JSON list
 * @param tables the candidate; without {@code core} its tables are looked at one by one, and nothing else can be
 * @param everything whether every series is counted again; otherwise, where there are many spells, the totals and some whole series
 * @param scratch folder that takes what does not fit into memory
 * @param resultFile where the {@link AuditResult} is to be written
 */
public record AuditRun(
        String releaseId,
        String zone,
        Map<String, String> definitions,
        List<Table> tables,
        boolean everything,
        String scratch,
        String resultFile) {

    /**
     * One table.
     *
     * @param name qualified name, such as {@code mart.queue_daily}
     * @param columns columns that it was written with; one that its model has gained since is null, and no part of its digest
     * @param files absolute paths of the Parquet files that together are the table; none for a table without rows
     */
    public record Table(String name, List<String> columns, List<String> files) {}
}
