package uk.fpw.nightly.audit;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uk.fpw.layout.ReleaseFile;
import uk.fpw.layout.ReleaseId;
import uk.fpw.model.Models;
import uk.fpw.warehouse.message.AuditRequest;
import uk.fpw.warehouse.message.FigureChangeRequest.Base;
import uk.fpw.warehouse.message.FigureChangeRequest.Carried;
import uk.fpw.warehouse.store.ledger.Release;

/**
 * Finds the rows about earlier releases, to which a candidate adds its own.
 *
 * @param files returns the absolute paths of a table's files; fails if one of them is missing
 */
record CarriedRows(Function<Release.Table, List<String>> files) {

    static final String CHANGES = "mart.figure_change";

    private static final Logger LOG = LoggerFactory.getLogger(CarriedRows.class);

    /**
     * The rows of a release, with a warning for each table that cannot be read.
     *
     * @param file the release's file; null if unknown
     * @param since see {@link Carried}
     */
    Carried of(Release release, @Nullable ReleaseFile file, String since) {
        AuditRequest.Table steps = null;
        Map<String, Base> bases = new TreeMap<>();
        List<String> warnings = new ArrayList<>();
        boolean isLost = false;
        for (String name : Models.history()) {
            boolean isOfCounts = name.equals(CHANGES);
            Release.Table table = release.table(name);
            if (table == null || table.rowCount() == 0) {
                continue;
            }
            try {
                AuditRequest.Table found = new AuditRequest.Table(name, columns(file, name), files.apply(table));
                steps = isOfCounts ? found : steps;
                ReleaseId from = table.historyFrom();
                bases.put(name, new Base(table.snapshotId(), from == null ? release.releaseId() : from));
            } catch (RuntimeException lost) {
                LOG.warn("{} of release {} cannot be read", name, release.releaseId(), lost);
                isLost |= isOfCounts;
                warnings.add("what changed "
                        + (isOfCounts ? "the figures of the past" : "quantiles and shares of the past")
                        + " up to release " + release.releaseId() + " is no longer in " + name + ": "
                        + lost.getMessage() + "; restore the files of that release from a backup, withdraw the "
                        + "release of this run, and run again");
            }
        }
        return new Carried(steps, bases, since, isLost, List.copyOf(warnings));
    }

    private static List<String> columns(@Nullable ReleaseFile file, String table) {
        return file == null
                ? Models.find(table).orElseThrow().columnNames()
                : file.tables().stream()
                        .filter(one -> one.name().equals(table))
                        .flatMap(one -> one.columns().stream())
                        .map(ReleaseFile.Column::name)
                        .toList();
    }
}
