package uk.fpw.warehouse.run;

import java.util.List;
import java.util.Map;

/**
 * What the audit process is asked to do.
 *
 * @param forceFolder absolute path of the force folder
 * @param businessDate date of the night, such as {@code 2016-01-12}
 * @param releaseId the candidate, or the release that is looked at again
 * @param completeTo by feed, the latest business date of a complete load; a feed that was never loaded is not in it
 * @param tables the candidate
 * @param everything whether every series is counted again; otherwise, where there are many spells, the totals and some whole series
 * @param scratch folder that takes what does not fit into memory
 * @param resultFile where the {@link AuditResult} is to be written
 */
public record AuditRun(
        String forceFolder,
        String businessDate,
        String releaseId,
        Map<String, String> completeTo,
        List<Table> tables,
        boolean everything,
        String scratch,
        String resultFile) {

    /**
     * One table.
     *
     * @param name qualified name, such as {@code mart.queue_daily}
     * @param files absolute paths of the Parquet files that together are the table; none for a table without rows
     */
    public record Table(String name, List<String> files) {}
}
