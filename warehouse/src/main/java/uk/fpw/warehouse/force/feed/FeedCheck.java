package uk.fpw.warehouse.force.feed;

import com.fasterxml.jackson.databind.node.BooleanNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import uk.fpw.warehouse.force.feed.text.TextPattern;
import uk.fpw.warehouse.force.yaml.DefinitionFile;
import uk.fpw.warehouse.force.yaml.FolderFiles;
import uk.fpw.warehouse.force.yaml.Zones;

/** Checks one feed beyond its structure. */
public record FeedCheck(DefinitionFile feed, FolderFiles files, FileFormats formats) {

    public void check(@Nullable DefinitionFile connections) {
        new OriginCheck(feed, files).check(connections == null ? null : connection(connections));
        file();
        new FreshnessCheck(feed).check();
        formats.check(feed);
        feed.parts("columns").forEach(this::column);
        DefinitionFile.Entry.requireDistinct(feed.texts("columns", "name"));
        headers();
        new KeyCheck(feed).check();
        new ScopeCheck(feed).check();
        retention();
    }

    /** The column with the day on which an item was closed. */
    private void retention() {
        RetentionPeriod period = RetentionPeriod.ofValid(feed.text("retain"));
        FeedColumns columns = new FeedColumns(feed);
        DefinitionFile.Part column = period == null ? null : columns.column("retain", period.closedColumn());
        if (column != null) {
            columns.requireType(
                    "retain", column, FeedColumns.TEMPORAL, "choose a column of type date, instant or local_time");
        }
    }

    /** The connection of the feed; adds an error and returns null if it does not exist. */
    private DefinitionFile.@Nullable Part connection(DefinitionFile connections) {
        String name = feed.text("connection");
        if (connections.isValid()) {
            feed.requireKnown(
                    "connection",
                    connections.set("connections", "name"),
                    "connections",
                    "'" + name + "' is not in connections.yml");
        }
        return connections.part("connections", "name", name);
    }

    private void file() {
        String file = feed.text("file");
        String problem = file == null ? null : FileNamePattern.problem(file);
        if (problem != null) {
            feed.error(
                    "file", problem, "use {date} for a date such as 2016-01-12, or {date:yyyyMMdd} for another format");
        } else if (file != null && feed.at("delivery").isObject()) {
            delivery(file);
        }
    }

    private void delivery(String file) {
        if (!FileNamePattern.isDated(file)) {
            feed.error(
                    "delivery",
                    "is set, but the file name '" + file
                            + "' does not contain a date, so a missing file cannot be detected",
                    "add {date} to file, or remove delivery");
        }
        if (feed.is("delivery.days", "irregular")) {
            feed.refuse(
                    List.of("delivery.bank_holidays", "delivery.within_days"),
                    "is set, but days is irregular, so no file is ever due",
                    "remove it");
        } else if (feed.at("delivery.bank_holidays").equals(BooleanNode.FALSE)
                && files.text(FolderFiles.BANK_HOLIDAYS) == null) {
            feed.error(
                    "delivery.bank_holidays",
                    "is false, but there are no bank holidays",
                    "add " + FolderFiles.BANK_HOLIDAYS + ", or remove it");
        }
    }

    private void column(DefinitionFile.Part column) {
        String type = column.text("type");
        if (type == null) {
            return;
        }
        onlyFor(FeedColumns.TEMPORAL, column, "pattern", "date, instant or local_time");
        onlyFor(Set.of("local_time"), column, "zone", "local_time");
        onlyFor(Set.of("text"), column, "pad", "text");
        onlyFor(Set.of("text"), column, "matches", "text");
        if (FeedColumns.TEMPORAL.contains(type)) {
            patterns(column, Feed.Type.valueOf(type.toUpperCase(Locale.ROOT)));
        }
        if (type.equals("local_time")) {
            Zones.check(column, "zone");
        }
        transforms(column, type);
        unreadable(column);
        if (column.is("privacy", "pseudonymise") && !type.equals("text")) {
            column.error(
                    "privacy",
                    "only text can be pseudonymised, but the type is " + type,
                    "change the type to text, or leave the column out by adding its header to ignored");
        }
        String matches = type.equals("text") ? column.text("matches") : null;
        String problem = matches == null ? null : TextPattern.problem(matches.strip());
        if (problem != null) {
            column.error(
                    "matches", problem, "set the pattern that the whole value must match, such as '[A-Z]{2}[0-9]{4}'");
        }
    }

    private static void onlyFor(Set<String> types, DefinitionFile.Part column, String field, String shown) {
        String type = column.text("type");
        if (column.has(field) && !types.contains(type)) {
            column.error(
                    field, "is not allowed for a column of type " + type, "remove it, or change the type to " + shown);
        }
    }

    private static void patterns(DefinitionFile.Part column, Feed.Type type) {
        String only = column.text("pattern");
        List<DefinitionFile.Entry> patterns = only == null
                ? column.texts("pattern")
                : List.of(new DefinitionFile.Entry(column.definition(), column.path("pattern"), only));
        for (DefinitionFile.Entry pattern : patterns) {
            String problem = DatePatterns.problem(pattern.text(), type);
            if (problem != null) {
                pattern.error(problem, "use the pattern in which the file writes the value, such as dd/MM/yyyy HH:mm");
            }
        }
    }

    private static void transforms(DefinitionFile.Part column, String type) {
        Set<String> transforms = column.set("transform");
        if (transforms.contains("upper") && transforms.contains("lower")) {
            column.error("transform", "contains both upper and lower", "remove one of them");
        }
        if (!type.equals("text") && (transforms.contains("upper") || transforms.contains("lower"))) {
            column.error(
                    "transform",
                    "contains upper or lower for a column of type " + type,
                    "remove it; for types other than text, upper and lower case are read alike");
        }
    }

    /** Rows cannot be stored without a value that is required. */
    private void unreadable(DefinitionFile.Part column) {
        String name = column.text("name");
        if (name == null || !column.has("unreadable")) {
            return;
        }
        boolean isOfTheKey = feed.set("key").contains(name) || feed.part("key", "column", name) != null;
        String use = isOfTheKey || feed.is("item", name)
                ? "identifies the row or its item"
                : feed.is("deleted", name)
                        ? "says which rows are deleted"
                        : feed.is("order", name)
                                ? "says which version is the latest"
                                : column.at("required").asBoolean() ? "is required" : null;
        if (use != null) {
            column.error("unreadable", "is set, but '" + name + "' " + use, "remove it");
        }
    }

    /** A header may be declared or ignored only once. */
    private void headers() {
        List<DefinitionFile.Entry> headers = new ArrayList<>();
        for (DefinitionFile.Part column : feed.parts("columns")) {
            String field = column.has("from") ? "from" : "name";
            String header = column.text(field);
            if (header != null) {
                headers.add(new DefinitionFile.Entry(feed, column.path(field), header));
            }
        }
        DefinitionFile.Entry.requireDistinct(headers);
        for (DefinitionFile.Entry ignored : feed.texts("ignored")) {
            headers.stream()
                    .filter(header -> header.text().equals(ignored.text()))
                    .findFirst()
                    .ifPresent(header -> ignored.error(
                            "'" + ignored.text() + "' is also loaded by " + header.path() + " in line "
                                    + feed.line(header.path()),
                            "remove one of them"));
        }
    }
}
