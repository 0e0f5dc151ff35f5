package uk.fpw.warehouse.force.staging;

import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import uk.fpw.warehouse.force.yaml.DefinitionFile;
import uk.fpw.warehouse.force.yaml.DefinitionFiles;
import uk.fpw.warehouse.force.yaml.Suggestions;

/** Checks that the declared value at entry of each attribute can be determined. */
record AtEntryCheck(DefinitionFile staging, DefinitionFiles all) {

    private static final Set<String> OF_COLUMN = Set.of("fixed", "changes");

    /** Which fields are allowed for which origins. */
    private static final Map<String, Set<String>> FIELDS_OF = Map.of(
            "of", OF_COLUMN,
            "dated_by", Set.of("changes"),
            "lag_days", Set.of("changes"),
            "max_changed_share", Set.of("fixed"));

    private static final Set<String> TEMPORAL = Set.of("date", "instant", "local_time");

    void check() {
        DefinitionFile.Entry.requireDistinct(staging.texts("at_entry", "attribute"));
        for (DefinitionFile.Part part : staging.parts("at_entry")) {
            part.requireKnown(
                    "attribute",
                    staging.set("attributes"),
                    "attributes",
                    "'" + part.text("attribute") + "' is not among the attributes");
            String from = part.text("from");
            if (from == null) {
                continue;
            }
            FIELDS_OF.forEach((field, kinds) -> {
                if (part.has(field) && !kinds.contains(from)) {
                    part.error(field, "is not allowed with from: " + from, "remove it");
                }
            });
            if (OF_COLUMN.contains(from) && !part.has("of")) {
                part.error(
                        "of",
                        "is missing",
                        "name the column of the source, such as exhibits.priority; an attribute that the query derives "
                                + "from others must come from the event or have no at_entry");
            } else if (OF_COLUMN.contains(from)) {
                column(part);
            }
        }
    }

    private void column(DefinitionFile.Part part) {
        String of = part.text("of");
        int dot = of == null ? -1 : of.indexOf('.');
        if (of == null || dot < 0) {
            return;
        }
        String name = of.substring(0, dot);
        DefinitionFile feed = all.feed(name);
        if (feed == null) {
            Set<String> feeds =
                    all.feeds().stream().map(DefinitionFile::baseName).collect(Collectors.toSet());
            part.error("of", "there is no feed '" + name + "'", Suggestions.remedy(name, feeds, "feeds"));
            return;
        }
        String source = staging.text("source");
        if (source != null && !feed.is("source", source)) {
            part.error(
                    "of",
                    "feed '" + name + "' is of source '" + feed.text("source") + "', but source here is '" + source
                            + "'",
                    "choose a feed of the same source, whose items are those of the query");
            return;
        }
        type(part, "of", feed, of.substring(dot + 1), Set.of("text"), "of type text");
        type(part, "dated_by", feed, part.text("dated_by"), TEMPORAL, "of type date, instant or local_time");
    }

    private static void type(
            DefinitionFile.Part part,
            String field,
            DefinitionFile feed,
            @Nullable String name,
            Set<String> types,
            String wanted) {
        if (name == null) {
            return;
        }
        DefinitionFile.Part column = feed.part("columns", "name", name);
        if (column == null) {
            part.error(
                    field,
                    "'" + name + "' is not among the columns of " + feed.file(),
                    Suggestions.remedy(name, feed.set("columns", "name"), "columns"));
            return;
        }
        String type = column.text("type");
        if (type != null && !types.contains(type)) {
            part.error(field, "'" + name + "' is of type " + type, "choose a column " + wanted);
        } else if (types.contains("text") && !column.is("privacy", "not_personal")) {
            part.error(
                    field,
                    "'" + name + "' is personal, and the value would be published",
                    "choose a column with privacy: not_personal");
        }
    }
}
