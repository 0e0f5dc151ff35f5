package uk.fpw.warehouse.force.queue;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import uk.fpw.warehouse.force.yaml.ConfigErrors;
import uk.fpw.warehouse.force.yaml.DefinitionFile;
import uk.fpw.warehouse.force.yaml.DefinitionFiles;
import uk.fpw.warehouse.force.yaml.Suggestions;

/** Checks the comparisons of one queue beyond their structure. */
public final class ComparisonCheck {

    private static final Set<String> BY_PERIOD = Set.of("cohort", "window");

    private final DefinitionFile queue;
    private final ConfigErrors errors;

    public ComparisonCheck(DefinitionFile queue, ConfigErrors errors) {
        this.queue = queue;
        this.errors = errors;
    }

    public void check(DefinitionFiles all) {
        List<DefinitionFile.Part> comparisons = queue.parts("comparisons");
        DefinitionFiles.checkDistinct(
                queue,
                comparisons,
                comparison -> comparison.text("comparison"),
                comparison -> comparison.path("comparison"),
                errors);
        for (DefinitionFile.Part comparison : comparisons) {
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
        if (!comparison.tree().has("slice") && queue.isValid()) {
            add(comparison.path("slice"), "is missing", "name the slice whose values should be compared");
        }
        if (comparison.tree().has("every")) {
            add(comparison.path("every"), "is for periods, but 'by' is slice", "remove it, or change 'by'");
        }
        String slice = comparison.text("slice");
        if (slice != null && slice.equals(comparison.text("within"))) {
            add(
                    comparison.path("within"),
                    "'" + slice + "' is the slice that is compared",
                    "use another slice, or remove the line");
        }
        fixedAtEntry(comparison, "slice", all);
        atLeastTwo(comparison, "value", "name another one, or remove 'of' to compare every value of the slice");
    }

    private void ofPeriods(DefinitionFile.Part comparison, String by) {
        boolean hasEvery = comparison.tree().has("every");
        boolean hasOf = !comparison.tree().path("of").isEmpty();
        if (comparison.tree().has("slice")) {
            add(
                    comparison.path("slice"),
                    "is what 'by: slice' compares, but 'by' is " + by,
                    "remove it, use 'by: slice', or write 'within' to compare periods within the values of a slice");
        }
        if (hasEvery && hasOf) {
            add(comparison.path("of"), "cannot be combined with every", "keep one of them");
        } else if (!hasEvery && !hasOf && queue.isValid()) {
            add(
                    comparison.path("of"),
                    "is missing, as is every",
                    "list the periods, such as [2013/14, 2014/15], or write every: financial_year");
        }
        List<DefinitionFile.Entry> groups = of(comparison);
        CalendarPeriod first = null;
        for (DefinitionFile.Entry group : groups) {
            CalendarPeriod period = CalendarPeriod.parse(group.text());
            if (period == null) {
                add(
                        group.path(),
                        "'" + group.text() + "' is not a financial year or a quarter",
                        "write 2014/15 for the financial year from April 2014, or 2015 Q1 for a calendar quarter");
            } else if (first == null) {
                first = period;
            } else if (period.kind() != first.kind()) {
                add(
                        group.path(),
                        "'" + group.text() + "' is a " + period.kind().words() + ", but '" + first.title() + "' a "
                                + first.kind().words(),
                        "compare periods of one kind, which cannot overlap");
            }
        }
        atLeastTwo(comparison, by, "name another one to compare it with, or write every: financial_year");
    }

    private void atLeastTwo(DefinitionFile.Part comparison, String whatTheyAre, String remedy) {
        if (comparison.tree().path("of").size() == 1) {
            add(comparison.path("of"), "names one " + whatTheyAre + " only", remedy);
        }
    }

    private static List<DefinitionFile.Entry> of(DefinitionFile.Part comparison) {
        return DefinitionFile.texts(comparison.tree().path("of"), comparison.path("of"));
    }

    /** Waits can only be sliced by what is fixed at entry, like the slices of a queue. */
    private void fixedAtEntry(DefinitionFile.Part comparison, String field, DefinitionFiles all) {
        String slice = comparison.text(field);
        Set<String> slices = queue.texts("slices").stream()
                .map(DefinitionFile.Entry::text)
                .collect(Collectors.toCollection(TreeSet::new));
        if (slice == null || slices.contains(slice)) {
            return;
        }
        Set<String> entering =
                queue.texts("enters").stream().map(DefinitionFile.Entry::text).collect(Collectors.toSet());
        boolean isKnownAtEntry = isAttribute(slice, all, staging -> staging.texts("events").stream()
                .anyMatch(event -> entering.contains(event.text())));
        if (!isKnownAtEntry && isAttribute(slice, all, staging -> true)) {
            add(
                    comparison.path(field),
                    "'" + slice + "' is not fixed at entry: no staging query that returns an entering event has it",
                    "compare by what is known at entry"
                            + (slices.isEmpty() ? "" : ", such as " + String.join(", ", slices))
                            + "; a later change is an event that ends one queue and starts another");
        } else {
            add(
                    comparison.path(field),
                    "'" + slice + "' is not among the slices of the queue",
                    isKnownAtEntry ? "add it to them" : Suggestions.remedy(slice, slices, "slices"));
        }
    }

    private boolean isAttribute(String name, DefinitionFiles all, Predicate<DefinitionFile> which) {
        @Nullable String itemKind = queue.text("item_kind");
        return itemKind != null
                && all.stagingsOf(itemKind).stream()
                        .filter(which)
                        .anyMatch(staging -> staging.texts("attributes").stream()
                                .anyMatch(attribute -> attribute.text().equals(name)));
    }

    private void add(String field, String problem, String remedy) {
        errors.add(queue.file(), queue.line(field), field, problem, remedy);
    }
}
