package uk.fpw.warehouse.force.queue;

import java.util.Set;
import java.util.SortedSet;
import java.util.function.Predicate;
import uk.fpw.warehouse.force.yaml.DefinitionFile;
import uk.fpw.warehouse.force.yaml.DefinitionFiles;
import uk.fpw.warehouse.force.yaml.Suggestions;

/** Checks the comparisons of one queue beyond their structure. */
public record ComparisonCheck(DefinitionFile queue) {

    private static final Set<String> BY_PERIOD = Set.of("cohort", "window");

    public void check(DefinitionFiles all) {
        DefinitionFile.Entry.requireDistinct(queue.texts("comparisons", "comparison"));
        for (DefinitionFile.Part comparison : queue.parts("comparisons")) {
            String by = comparison.text("by");
            if ("slice".equals(by)) {
                ofSlice(comparison, all);
            } else if (by != null && BY_PERIOD.contains(by)) {
                ofPeriods(comparison, by);
            }
            fixedAtEntry(comparison, "within", all);
        }
    }

    private void ofSlice(DefinitionFile.Part comparison, DefinitionFiles all) {
        if (!comparison.has("slice") && queue.isValid()) {
            comparison.error("slice", "is missing", "name the slice whose values should be compared");
        }
        if (comparison.has("every")) {
            comparison.error("every", "is for periods, but 'by' is slice", "remove it, or change 'by'");
        }
        String slice = comparison.text("slice");
        if (comparison.is("within", slice)) {
            comparison.error(
                    "within", "'" + slice + "' is the slice that is compared", "use another slice, or remove the line");
        }
        fixedAtEntry(comparison, "slice", all);
        atLeastTwo(comparison, "value", "name another one, or remove 'of' to compare every value of the slice");
    }

    private void ofPeriods(DefinitionFile.Part comparison, String by) {
        boolean hasEvery = comparison.has("every");
        boolean hasOf = !comparison.at("of").isEmpty();
        if (comparison.has("slice")) {
            comparison.error(
                    "slice",
                    "is what 'by: slice' compares, but 'by' is " + by,
                    "remove it, use 'by: slice', or write 'within' to compare periods within the values of a slice");
        }
        if (hasEvery && hasOf) {
            comparison.error("of", "cannot be combined with every", "keep one of them");
        } else if (!hasEvery && !hasOf && queue.isValid()) {
            comparison.error(
                    "of",
                    "is missing, as is every",
                    "list the periods, such as [2013/14, 2014/15], or write every: financial_year");
        }
        CalendarPeriod first = null;
        for (DefinitionFile.Entry group : comparison.texts("of")) {
            CalendarPeriod period = CalendarPeriod.parse(group.text());
            if (period == null) {
                group.error(
                        "'" + group.text() + "' is not a financial year or a quarter",
                        "write 2014/15 for the financial year from April 2014, or 2015 Q1 for a calendar quarter");
            } else if (first == null) {
                first = period;
            } else if (period.kind() != first.kind()) {
                group.error(
                        "'" + group.text() + "' is a " + period.kind().words() + ", but '" + first.title() + "' a "
                                + first.kind().words(),
                        "compare periods of one kind, which cannot overlap");
            }
        }
        atLeastTwo(comparison, by, "name another one to compare it with, or write every: financial_year");
    }

    private static void atLeastTwo(DefinitionFile.Part comparison, String whatTheyAre, String remedy) {
        if (comparison.at("of").size() == 1) {
            comparison.error("of", "names one " + whatTheyAre + " only", remedy);
        }
    }

    /** Waits can only be sliced by what is fixed at entry, like the slices of a queue. */
    private void fixedAtEntry(DefinitionFile.Part comparison, String field, DefinitionFiles all) {
        String slice = comparison.text(field);
        SortedSet<String> slices = queue.set("slices");
        if (slice == null || slices.contains(slice)) {
            return;
        }
        Set<String> entering = queue.set("enters");
        boolean isKnownAtEntry = isAttribute(
                slice, all, staging -> staging.set("events").stream().anyMatch(entering::contains));
        if (!isKnownAtEntry && isAttribute(slice, all, staging -> true)) {
            comparison.error(
                    field,
                    "'" + slice + "' is not fixed at entry: no staging query that returns an entering event has it",
                    "compare by what is known at entry"
                            + (slices.isEmpty() ? "" : ", such as " + String.join(", ", slices))
                            + "; a later change is an event that ends one queue and starts another");
        } else {
            comparison.error(
                    field,
                    "'" + slice + "' is not among the slices of the queue",
                    isKnownAtEntry ? "add it to them" : Suggestions.remedy(slice, slices, "slices"));
        }
    }

    private boolean isAttribute(String name, DefinitionFiles all, Predicate<DefinitionFile> which) {
        String itemKind = queue.text("item_kind");
        return itemKind != null
                && all.stagingsOf(itemKind).stream().filter(which).anyMatch(staging -> staging.set("attributes")
                        .contains(name));
    }
}
