package uk.fpw.warehouse.force.queue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import uk.fpw.warehouse.force.yaml.ConfigErrors;
import uk.fpw.warehouse.force.yaml.DefinitionFile;
import uk.fpw.warehouse.force.yaml.DefinitionFiles;
import uk.fpw.warehouse.force.yaml.Suggestions;

/**
 * Checks the linked items of a milestones definition: their kinds must exist, the key of a case must be unambiguous,
 * and events that count as activity must be declared.
 */
final class LinkedItemsCheck {

    private static final String LINKED = "linked_item_kinds";
    private static final String ACTIVITY = "silence.activity";

    private final DefinitionFile milestones;
    private final ConfigErrors errors;

    LinkedItemsCheck(DefinitionFile milestones, ConfigErrors errors) {
        this.milestones = milestones;
        this.errors = errors;
    }

    void check(DefinitionFiles all) {
        String itemKind = milestones.text("item_kind");
        List<DefinitionFile.Entry> linked = milestones.texts(LINKED);
        for (DefinitionFile.Entry kind : linked) {
            if (kind.text().equals(itemKind)) {
                add(
                        kind.path(),
                        "'" + kind.text() + "' is the item_kind of the cases themselves",
                        "remove it; name only kinds of item that belong to a case");
            } else if (!all.stagingsAreUnsure() && !all.itemKinds().contains(kind.text())) {
                add(
                        kind.path(),
                        "no staging query returns items of kind '" + kind.text() + "'",
                        Suggestions.remedy(kind.text(), all.itemKinds(), "kinds"));
            }
        }
        if (itemKind != null && !linked.isEmpty() && !all.stagingsAreUnsure()) {
            oneSource(all, itemKind);
        }
        activity(all, itemKind, linked);
    }

    /** Keys are unique only within a source, and a contributor key does not include the source. */
    private void oneSource(DefinitionFiles all, String itemKind) {
        SortedSet<String> sources = all.stagingsOf(itemKind).stream()
                .map(staging -> staging.text("source"))
                .flatMap(Stream::ofNullable)
                .collect(Collectors.toCollection(TreeSet::new));
        if (sources.size() > 1) {
            add(
                    LINKED,
                    "items of kind '" + itemKind + "' come from several sources (" + String.join(", ", sources)
                            + "), so that the key of a case may be that of two",
                    "give the cases of each source an item_kind and milestones of their own");
        }
    }

    private void activity(DefinitionFiles all, @Nullable String itemKind, List<DefinitionFile.Entry> linked) {
        SortedSet<String> kinds = new TreeSet<>();
        linked.forEach(kind -> kinds.add(kind.text()));
        if (itemKind != null) {
            kinds.add(itemKind);
        }
        List<DefinitionFile.Part> parts = new ArrayList<>();
        JsonNode list = milestones.at("silence").path("activity");
        for (int i = 0; i < list.size(); i++) {
            parts.add(new DefinitionFile.Part(ACTIVITY + "[" + i + "]", list.path(i)));
        }
        DefinitionFiles.checkDistinct(
                milestones, parts, part -> part.text("item_kind"), part -> part.path("item_kind"), errors);
        for (DefinitionFile.Part part : parts) {
            String kind = part.text("item_kind");
            if (kind == null) {
                continue;
            }
            if (!kinds.contains(kind)) {
                add(
                        part.path("item_kind"),
                        "'" + kind + "' is neither the item_kind of the cases nor among " + LINKED,
                        kinds.isEmpty()
                                ? "add it to " + LINKED
                                : "add it to " + LINKED + ", or use " + String.join(" or ", kinds));
            } else if (!all.stagingsAreUnsure() && all.itemKinds().contains(kind)) {
                MilestonesCheck.emitted(
                        milestones,
                        errors,
                        all,
                        kind,
                        DefinitionFile.texts(part.tree().path("events"), part.path("events")));
            }
        }
    }

    private void add(String field, String problem, String remedy) {
        errors.add(milestones.file(), milestones.line(field), field, problem, remedy);
    }
}
