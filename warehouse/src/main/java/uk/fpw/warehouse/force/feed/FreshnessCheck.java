package uk.fpw.warehouse.force.feed;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import uk.fpw.warehouse.force.yaml.ConfigErrors;
import uk.fpw.warehouse.force.yaml.DefinitionFile;
import uk.fpw.warehouse.force.yaml.Suggestions;

/** Checks that the source of the date of a feed's data exists and is usable. */
final class FreshnessCheck {

    private static final Set<String> TEMPORAL = Set.of("date", "instant", "local_time");
    private static final String DATED_BY = "freshness.dated_by";

    private final DefinitionFile feed;
    private final ConfigErrors errors;

    FreshnessCheck(DefinitionFile feed, ConfigErrors errors) {
        this.feed = feed;
        this.errors = errors;
    }

    void check() {
        JsonNode datedBy = feed.at("freshness").path("dated_by");
        String file = feed.text("file");
        if (datedBy.isTextual()) {
            ofFile(datedBy.textValue(), file);
            return;
        }
        if (!datedBy.isObject()) {
            return;
        }
        boolean hasControlFile = datedBy.has("control_file");
        if (datedBy.has("column") == hasControlFile) {
            add(DATED_BY, "must contain either column or control_file", "set one of them");
            return;
        }
        if (hasControlFile && file == null) {
            add(DATED_BY + ".control_file", "is set, but a database has no files", "use {column: ...}");
        }
        pattern(datedBy);
        if (!hasControlFile) {
            column(DefinitionFile.text(datedBy, "column"), file == null);
        }
    }

    private void ofFile(String datedBy, @Nullable String file) {
        if (file == null) {
            add(DATED_BY, "is " + datedBy + ", but a database has no files", "use {column: ...}");
            return;
        }
        if (FileNamePattern.problem(file) != null) {
            return;
        }
        boolean isDated = FileNamePattern.isDated(file);
        if (datedBy.equals("file_name") && !isDated) {
            add(
                    DATED_BY,
                    "is file_name, but the file name '" + file + "' does not contain a date",
                    "add {date} to file, or use modification_time, {column: ...} or {control_file: ...}");
        } else if (datedBy.equals("modification_time") && isDated) {
            add(DATED_BY, "is modification_time, but the file name '" + file + "' has a date", "use file_name");
        }
    }

    private void pattern(JsonNode datedBy) {
        String pattern = DefinitionFile.text(datedBy, "pattern");
        String field = DATED_BY + ".pattern";
        if (pattern == null) {
            return;
        }
        if (datedBy.has("column")) {
            add(field, "is set, but a column has its own pattern", "remove it");
            return;
        }
        String problem = DatePatterns.problem(pattern, Feed.Type.DATE);
        if (problem != null) {
            add(field, problem, "use the pattern in which the control file writes its date, such as dd/MM/yyyy");
        }
    }

    private void column(@Nullable String name, boolean isOfDatabase) {
        if (name == null) {
            return;
        }
        String field = DATED_BY + ".column";
        DefinitionFile.Part column = feed.parts("columns").stream()
                .filter(part -> name.equals(part.text("name")))
                .findFirst()
                .orElse(null);
        if (column == null) {
            Set<String> names = feed.parts("columns").stream()
                    .map(part -> part.text("name"))
                    .flatMap(Stream::ofNullable)
                    .collect(Collectors.toSet());
            add(field, "'" + name + "' is not among the columns", Suggestions.remedy(name, names, "columns"));
            return;
        }
        String type = column.text("type");
        if (type != null && !TEMPORAL.contains(type)) {
            add(field, "'" + name + "' is of type " + type, "choose a column of type date, instant or local_time");
        } else if (isOfDatabase && column.tree().has("pattern")) {
            add(
                    field,
                    "'" + name + "' has a pattern, so the database stores it as text, which does not sort by time",
                    "choose a column of a date or time type");
        }
    }

    private void add(String field, String problem, String remedy) {
        errors.add(feed.file(), feed.line(field), field, problem, remedy);
    }
}
