package uk.fpw.metrics.entry;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import uk.fpw.warehouse.force.Coverage;
import uk.fpw.warehouse.force.Force;
import uk.fpw.warehouse.force.staging.AtEntry;
import uk.fpw.warehouse.force.staging.StagingQuery;

/**
 * The attributes of a force whose values at entry are looked up, and where. Shipped to the tasks.
 *
 * @param columns columns with versions, each listed once
 * @param byStaging rules of the attributes, by staging query
 */
public record EntryRules(List<VersionedColumn> columns, Map<String, List<Rule>> byStaging) implements Serializable {

    /**
     * A column whose versions are read.
     *
     * @param datedBy column with the day from which a version is valid; null for the business date of its load
     */
    public record VersionedColumn(
            String feed, String column, @Nullable String datedBy) implements Serializable {}

    /**
     * How the value at entry of an attribute is found.
     *
     * @param column position in {@link EntryRules#columns}
     * @param lagDays days after the entry within which the first known value still counts
     * @param basis see {@link AtEntry#basis}
     * @param knownTo last known day of the feed; later entries have no values yet
     */
    public record Rule(String attribute, int column, int lagDays, String basis, int knownTo) implements Serializable {}

    /** The rules of a force, given how far its feeds are known. */
    public static EntryRules of(Force force, Coverage coverage) {
        List<VersionedColumn> columns = new ArrayList<>();
        Map<String, List<Rule>> byStaging = new TreeMap<>();
        for (StagingQuery staging : force.stagings()) {
            for (AtEntry attribute : staging.atEntry()) {
                if (attribute.from() == AtEntry.From.CHANGES) {
                    VersionedColumn column =
                            new VersionedColumn(attribute.feed(), attribute.column(), attribute.datedBy());
                    if (!columns.contains(column)) {
                        columns.add(column);
                    }
                    byStaging
                            .computeIfAbsent(staging.name(), any -> new ArrayList<>())
                            .add(new Rule(
                                    attribute.attribute(),
                                    columns.indexOf(column),
                                    attribute.lag(),
                                    attribute.basis(),
                                    (int) coverage.asAt(List.of(attribute.feed()))
                                            .toEpochDay()));
                }
            }
        }
        return new EntryRules(List.copyOf(columns), byStaging);
    }
}
