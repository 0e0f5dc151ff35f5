package uk.fpw.nightly.audit;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uk.fpw.layout.ReleaseFile;
import uk.fpw.layout.ReleaseId;
import uk.fpw.model.Models;
import uk.fpw.warehouse.ledger.Release;
import uk.fpw.warehouse.ledger.ReleaseSteps.Step;
import uk.fpw.warehouse.run.AuditRequest;
import uk.fpw.warehouse.run.FigureChangeRequest.Carried;

/** Finds the rows about earlier releases that a candidate takes over from one of them. */
final class CarriedRows {

    static final String CHANGES = "mart.figure_change";

    static final String STATISTIC_CHANGES = "mart.statistic_change";

    private static final Logger LOG = LoggerFactory.getLogger(CarriedRows.class);

    private final Function<Release.Table, List<String>> files;

    /**
     * Finds them by the catalog, since the file of a release may be unreadable.
     *
     * @param files absolute paths of the files of a table; fails if one of them is not there
     */
    CarriedRows(Function<Release.Table, List<String>> files) {
        this.files = files;
    }

    /**
     * The rows of a release, with a warning for each table that cannot be found.
     *
     * @param file the release's file; null if it is not known
     * @param since see {@link Carried}
     * @param withdrawn see {@link Carried}
     */
    Carried of(Release release, @Nullable ReleaseFile file, String since, List<String> withdrawn) {
        List<String> warnings = new ArrayList<>();
        AuditRequest.Table steps = find(release, CHANGES, file, "the figures of the past", warnings);
        boolean isLost = !warnings.isEmpty();
        AuditRequest.Table statistics =
                find(release, STATISTIC_CHANGES, file, "quantiles and shares of the past", warnings);
        return new Carried(steps, statistics, since, withdrawn, isLost, List.copyOf(warnings));
    }

    private AuditRequest.@Nullable Table find(
            Release release, String name, @Nullable ReleaseFile file, String what, List<String> warnings) {
        Release.Table table = release.table(name);
        if (table == null || table.rowCount() == 0) {
            return null;
        }
        try {
            return new AuditRequest.Table(name, columns(file, name), files.apply(table));
        } catch (RuntimeException lost) {
            LOG.warn("{} of release {} cannot be read", name, release.releaseId(), lost);
            warnings.add("what changed " + what + " up to release " + release.releaseId() + " is no longer in " + name
                    + ": " + lost.getMessage() + "; restore the files of that release from a backup, withdraw the "
                    + "release of this run, and run again");
            return null;
        }
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

    /**
     * The withdrawn releases that end with the last one, none of which was replaced by a release that was not
     * withdrawn. What replaced another by one of them is no step to any release. A release that was withdrawn after
     * such a release had replaced it is a step to that one.
     *
     * @param steps which release replaced which
     * @param withdrawn every withdrawn release
     * @param last the latest of them
     */
    static List<String> withdrawnAtEnd(Map<ReleaseId, Step> steps, Set<ReleaseId> withdrawn, ReleaseId last) {
        Set<ReleaseId> ended = new LinkedHashSet<>();
        for (ReleaseId at = last; at != null && withdrawn.contains(at) && ended.add(at); ) {
            Step step = steps.get(at);
            at = step == null ? null : step.replacedReleaseId();
        }
        return ended.stream().map(ReleaseId::value).toList();
    }
}
