package uk.fpw.warehouse.force.queue;

import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import uk.fpw.warehouse.force.yaml.DefinitionFile;
import uk.fpw.warehouse.force.yaml.DefinitionFiles;

/**
 * Checks the linked items of a milestones definition: their kinds must exist, the key of a case must be unambiguous,
 * and events that count as activity must be declared.
 */
record LinkedItemsCheck(DefinitionFile milestones) {

    private static final String LINKED = "linked_item_kinds";
    private static final String ACTIVITY = "silence.activity";

    void check(DefinitionFiles all) {
        String itemKind = milestones.text("item_kind");
        List<DefinitionFile.Entry> linked = milestones.texts(LINKED);
        for (DefinitionFile.Entry kind : linked) {
            if (kind.text().equals(itemKind)) {
                kind.error(
                        "'" + kind.text() + "' is the item_kind of the cases themselves",
                        "remove it; name only kinds of item that belong to a case");
            } else if (!all.stagingsAreUnsure()) {
                kind.requireKnown(
                        all.itemKinds(), "kinds", "no staging query returns items of kind '" + kind.text() + "'");
            }
        }
        if (itemKind != null && !linked.isEmpty() && !all.stagingsAreUnsure()) {
            oneSource(all, itemKind);
        }
        activity(all, itemKind);
    }

    /** Keys are unique only within a source, and a contributor key does not include the source. */
    private void oneSource(DefinitionFiles all, String itemKind) {
        SortedSet<String> sources = all.stagingsOf(itemKind).stream()
                .map(staging -> staging.text("source"))
                .flatMap(Stream::ofNullable)
                .collect(Collectors.toCollection(TreeSet::new));
        if (sources.size() > 1) {
            milestones.error(
                    LINKED,
                    "items of kind '" + itemKind + "' come from several sources (" + String.join(", ", sources)
                            + "), so that the key of a case may be that of two",
                    "give the cases of each source an item_kind and milestones of their own");
        }
    }

    private void activity(DefinitionFiles all, @Nullable String itemKind) {
        SortedSet<String> kinds = milestones.set(LINKED);
        if (itemKind != null) {
            kinds.add(itemKind);
        }
        DefinitionFile.Entry.requireDistinct(milestones.texts(ACTIVITY, "item_kind"));
        for (DefinitionFile.Part part : milestones.parts(ACTIVITY)) {
            String kind = part.text("item_kind");
            if (kind == null) {
                continue;
            }
            if (!kinds.contains(kind)) {
                part.error(
                        "item_kind",
                        "'" + kind + "' is neither the item_kind of the cases nor among " + LINKED,
                        "add it to " + LINKED + (kinds.isEmpty() ? "" : ", or use " + String.join(" or ", kinds)));
            } else if (!all.stagingsAreUnsure() && all.itemKinds().contains(kind)) {
                all.requireEvents(kind, part.texts("events"));
            }
        }
    }
}
