package uk.fpw.warehouse.force.staging;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import uk.fpw.warehouse.force.yaml.ConfigErrors;
import uk.fpw.warehouse.force.yaml.DefinitionFile;
import uk.fpw.warehouse.force.yaml.DefinitionFiles;
import uk.fpw.warehouse.force.yaml.Suggestions;

/** Checks that the declared value at entry of each attribute can be determined. */
final class AtEntryCheck {

    private static final String LIST = "at_entry";
    private static final Set<String> OF_COLUMN = Set.of("fixed", "changes");

    /** Which fields are allowed for which origins. */
    private static final Map<String, Set<String>> FIELDS_OF = Map.of(
            "of", OF_COLUMN,
            "dated_by", Set.of("changes"),
            "lag_days", Set.of("changes"),
            "max_changed_share", Set.of("fixed"));

    private static final Set<String> TEMPORAL = Set.of("date", "instant", "local_time");

    private final DefinitionFile staging;
    private final DefinitionFiles all;
    private final ConfigErrors errors;

    AtEntryCheck(DefinitionFile staging, DefinitionFiles all, ConfigErrors errors) {
        this.staging = staging;
        this.all = all;
        this.errors = errors;
    }

    void check() {
        List<DefinitionFile.Part> declared = staging.parts(LIST);
        DefinitionFiles.checkDistinct(
                staging, declared, part -> part.text("attribute"), part -> part.path("attribute"), errors);
        Set<String> attributes = texts("attributes");
        for (DefinitionFile.Part part : declared) {
            String attribute = part.text("attribute");
            if (attribute != null && !attributes.contains(attribute)) {
                add(
                        part.path("attribute"),
                        "'" + attribute + "' is not among the attributes",
                        Suggestions.remedy(attribute, attributes, "attributes"));
            }
            FIELDS_OF.forEach((field, kinds) -> {
                String from = part.text("from");
                if (from != null && part.tree().has(field) && !kinds.contains(from)) {
                    add(part.path(field), "is not allowed with from: " + from, "remove it");
                }
            });
            boolean hasColumn = OF_COLUMN.contains(String.valueOf(part.text("from")));
            if (hasColumn && !part.tree().has("of")) {
                add(
                        part.path("of"),
                        "is missing",
                        "name the column of the source, such as exhibits.priority; an attribute that the query derives "
                                + "from others must come from the event or have no at_entry");
            } else if (hasColumn) {
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
            add(part.path("of"), "there is no feed '" + name + "'", Suggestions.remedy(name, feeds, "feeds"));
            return;
        }
        String source = staging.text("source");
        if (source != null && !source.equals(feed.text("source"))) {
            add(
                    part.path("of"),
                    "feed '" + name + "' is of source '" + feed.text("source") + "', but source here is '" + source
                            + "'",
                    "choose a feed of the same source, whose items are those of the query");
            return;
        }
        type(part.path("of"), feed, of.substring(dot + 1), Set.of("text"), "of type text");
        type(part.path("dated_by"), feed, part.text("dated_by"), TEMPORAL, "of type date, instant or local_time");
    }

    private void type(String field, DefinitionFile feed, @Nullable String name, Set<String> types, String wanted) {
        if (name == null) {
            return;
        }
        DefinitionFile.Part column = feed.parts("columns").stream()
                .filter(part -> name.equals(part.text("name")))
                .findFirst()
                .orElse(null);
        if (column == null) {
            Set<String> names = feed.parts("columns").stream()
                    .map(part -> part.text("name"))
                    .flatMap(Stream::ofNullable)
                    .collect(Collectors.toSet());
            add(
                    field,
                    "'" + name + "' is not among the columns of " + feed.file(),
                    Suggestions.remedy(name, names, "columns"));
            return;
        }
        String type = column.text("type");
        if (type != null && !types.contains(type)) {
            add(field, "'" + name + "' is of type " + type, "choose a column " + wanted);
        } else if (types.contains("text") && !"not_personal".equals(column.text("privacy"))) {
            add(
                    field,
                    "'" + name + "' is personal, and the value would be published",
                    "choose a column with privacy: not_personal");
        }
    }

    private Set<String> texts(String list) {
        return staging.texts(list).stream().map(DefinitionFile.Entry::text).collect(Collectors.toSet());
    }

    private void add(String field, String problem, String remedy) {
        errors.add(staging.file(), staging.line(field), field, problem, remedy);
    }
}
