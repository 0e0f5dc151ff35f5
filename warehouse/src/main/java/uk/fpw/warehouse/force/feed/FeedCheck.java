package uk.fpw.warehouse.force.feed;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import uk.fpw.warehouse.force.feed.text.TextPattern;
import uk.fpw.warehouse.force.yaml.ConfigErrors;
import uk.fpw.warehouse.force.yaml.DefinitionFile;
import uk.fpw.warehouse.force.yaml.DefinitionFiles;
import uk.fpw.warehouse.force.yaml.FolderFiles;
import uk.fpw.warehouse.force.yaml.Suggestions;
import uk.fpw.warehouse.force.yaml.Zones;

/** Checks one feed beyond its structure. */
public final class FeedCheck {

    private static final Set<String> TEMPORAL = Set.of("date", "instant", "local_time");

    private final DefinitionFile feed;
    private final FolderFiles files;
    private final FileFormats formats;
    private final ConfigErrors errors;

    public FeedCheck(DefinitionFile feed, FolderFiles files, FileFormats formats, ConfigErrors errors) {
        this.feed = feed;
        this.files = files;
        this.formats = formats;
        this.errors = errors;
    }

    public void check(@Nullable DefinitionFile connections) {
        new OriginCheck(feed, files, errors).check(connections == null ? null : connection(connections));
        file();
        delivery();
        new FreshnessCheck(feed, errors).check();
        formats.check(feed, errors);
        List<DefinitionFile.Part> columns = feed.parts("columns");
        columns.forEach(this::column);
        DefinitionFiles.checkDistinct(
                feed, columns, column -> column.text("name"), column -> column.path("name"), errors);
        headers(columns);
        new KeyCheck(feed, errors).check(columns);
        new ScopeCheck(feed, errors).check(columns);
    }

    /** The connection of the feed; adds an error and returns null if it does not exist. */
    private DefinitionFile.@Nullable Part connection(DefinitionFile connections) {
        String connection = feed.text("connection");
        for (DefinitionFile.Part entry : connections.parts("connections")) {
            if (connection != null && connection.equals(entry.text("name"))) {
                return entry;
            }
        }
        Set<String> known = connections.parts("connections").stream()
                .map(entry -> entry.text("name"))
                .flatMap(Stream::ofNullable)
                .collect(Collectors.toSet());
        if (connection != null && connections.isValid()) {
            add(
                    "connection",
                    "'" + connection + "' is not in connections.yml",
                    Suggestions.remedy(connection, known, "connections"));
        }
        return null;
    }

    private void file() {
        String file = feed.text("file");
        String problem = file == null ? null : FileNamePattern.problem(file);
        if (problem != null) {
            add("file", problem, "use {date} for a date such as 2016-01-12, or {date:yyyyMMdd} for another format");
        }
    }

    private void delivery() {
        String file = feed.text("file");
        JsonNode delivery = feed.at("delivery");
        if (!delivery.isObject() || file == null || FileNamePattern.problem(file) != null) {
            return;
        }
        if (!FileNamePattern.isDated(file)) {
            add(
                    "delivery",
                    "is set, but the file name '" + file
                            + "' does not contain a date, so a missing file cannot be detected",
                    "add {date} to file, or remove delivery");
        }
        if ("irregular".equals(DefinitionFile.text(delivery, "days"))) {
            for (String field : List.of("bank_holidays", "within_days")) {
                if (delivery.has(field)) {
                    add("delivery." + field, "is set, but days is irregular, so no file is ever due", "remove it");
                }
            }
        } else if (delivery.path("bank_holidays").isBoolean()
                && !delivery.path("bank_holidays").booleanValue()
                && files.text(FolderFiles.BANK_HOLIDAYS) == null) {
            add(
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
        patterns(column, type);
        texts(column, type);
        unreadable(column);
        String zone = column.text("zone");
        if (zone != null && !type.equals("local_time")) {
            add(
                    column.path("zone"),
                    "is not allowed for a column of type " + type,
                    "remove it, or change the type to local_time");
        } else {
            Zones.check(feed, column.path("zone"), zone, errors);
        }
        if ("pseudonymise".equals(column.text("privacy")) && !type.equals("text")) {
            add(
                    column.path("privacy"),
                    "only text can be pseudonymised, but the type is " + type,
                    "change the type to text, or leave the column out by adding its header to ignored");
        }
    }

    private void patterns(DefinitionFile.Part column, String type) {
        String field = column.path("pattern");
        if (column.tree().has("pattern") && !TEMPORAL.contains(type)) {
            add(
                    field,
                    "is not allowed for a column of type " + type,
                    "remove it, or change the type to date, instant or local_time");
            return;
        }
        String only = column.text("pattern");
        List<DefinitionFile.Entry> patterns = only == null
                ? DefinitionFile.texts(column.tree().path("pattern"), field)
                : List.of(new DefinitionFile.Entry(field, only));
        for (DefinitionFile.Entry pattern : patterns) {
            String problem = DatePatterns.problem(pattern.text(), Feed.Type.valueOf(type.toUpperCase(Locale.ROOT)));
            if (problem != null) {
                add(
                        pattern.path(),
                        problem,
                        "use the pattern in which the file writes the value, such as dd/MM/yyyy HH:mm");
            }
        }
    }

    /** Checks transforms and patterns for the texts of a column. */
    private void texts(DefinitionFile.Part column, String type) {
        List<String> transforms =
                DefinitionFile.texts(column.tree().path("transform"), column.path("transform")).stream()
                        .map(DefinitionFile.Entry::text)
                        .toList();
        if (transforms.contains("upper") && transforms.contains("lower")) {
            add(column.path("transform"), "contains both upper and lower", "remove one of them");
        }
        if (!type.equals("text") && (transforms.contains("upper") || transforms.contains("lower"))) {
            add(
                    column.path("transform"),
                    "contains upper or lower for a column of type " + type,
                    "remove it; for types other than text, upper and lower case are read alike");
        }
        if (!type.equals("text") && column.tree().has("pad")) {
            add(
                    column.path("pad"),
                    "is not allowed for a column of type " + type,
                    "remove it, or change the type to text");
        }
        String matches = column.text("matches");
        if (matches == null) {
            return;
        }
        if (!type.equals("text")) {
            add(
                    column.path("matches"),
                    "is not allowed for a column of type " + type,
                    "remove it, or change the type to text");
            return;
        }
        String problem = TextPattern.problem(matches.strip());
        if (problem != null) {
            add(
                    column.path("matches"),
                    problem,
                    "set the pattern that the whole value must match, such as '[A-Z]{2}[0-9]{4}'");
        }
    }

    /** Rows cannot be stored without a value that is required. */
    private void unreadable(DefinitionFile.Part column) {
        String name = column.text("name");
        if (name == null || !column.tree().has("unreadable")) {
            return;
        }
        boolean isOfTheKey = false;
        for (JsonNode part : feed.at("key")) {
            isOfTheKey |= name.equals(part.isObject() ? DefinitionFile.text(part, "column") : part.textValue());
        }
        String use = isOfTheKey || name.equals(feed.text("item"))
                ? "identifies the row or its item"
                : name.equals(feed.text("deleted"))
                        ? "says which rows are deleted"
                        : name.equals(feed.text("order"))
                                ? "says which version is the latest"
                                : column.tree().path("required").asBoolean() ? "is required" : null;
        if (use != null) {
            add(column.path("unreadable"), "is set, but '" + name + "' " + use, "remove it");
        }
    }

    /** A header may be declared or ignored only once. */
    private void headers(List<DefinitionFile.Part> columns) {
        List<DefinitionFile.Entry> headers = new ArrayList<>();
        for (DefinitionFile.Part column : columns) {
            String from = column.text("from");
            String name = column.text("name");
            if (from != null) {
                headers.add(new DefinitionFile.Entry(column.path("from"), from));
            } else if (name != null && !column.tree().has("from")) {
                headers.add(new DefinitionFile.Entry(column.path("name"), name));
            }
        }
        DefinitionFiles.checkDistinct(feed, headers, DefinitionFile.Entry::text, DefinitionFile.Entry::path, errors);
        for (DefinitionFile.Entry ignored : feed.texts("ignored")) {
            headers.stream()
                    .filter(header -> header.text().equals(ignored.text()))
                    .findFirst()
                    .ifPresent(header -> add(
                            ignored.path(),
                            "'" + ignored.text() + "' is also loaded by " + header.path() + " in line "
                                    + feed.line(header.path()),
                            "remove one of them"));
        }
    }

    private void add(String field, String problem, String remedy) {
        errors.add(feed.file(), feed.line(field), field, problem, remedy);
    }
}
