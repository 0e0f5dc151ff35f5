package uk.fpw.profile;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import uk.fpw.ingest.source.DisplayText;
import uk.fpw.text.Plural;
import uk.fpw.warehouse.force.feed.Feed;
import uk.fpw.warehouse.force.feed.text.TextTransform;

/**
 * The draft feed of a profile, as YAML: accepted by {@code fpw check} and loadable without changes. Findings
 * and open decisions are in comments; of the values it has those of short lists.
 */
public final class FeedDraft {

    /** What makes one value of those that differ in blanks and capitals alone. */
    static final List<TextTransform> LEVEL = List.of(TextTransform.COLLAPSE_SPACES, TextTransform.LOWER);

    /** So many different texts are no longer a list of codes. */
    private static final long MAX_CODES = 200;

    private static final long FEW_VALUES = 50;

    /** Names for the key of the row if there is no other key. */
    private static final Set<String> OF_ROWS = Set.of("row", "row_key");

    /** Share of the rows; the maximum of refused rows for a feed without its own limits. */
    private static final double MAX_REFUSED_SHARE = 0.01;

    private final SourceProfile profile;
    private final String name;
    private final String connection;
    private final List<String> names;
    private final ListDraft lists;

    /**
     * A draft.
     *
     * @param name of the feed; null to derive it from the source
     * @param connection through which the source is reached
     */
    public FeedDraft(SourceProfile profile, @Nullable String name, String connection) {
        this(profile, name, connection, Map.of());
    }

    /**
     * A draft of a feed whose events are known.
     *
     * @param events by the position of a column of dates, what happened on them
     */
    FeedDraft(SourceProfile profile, @Nullable String name, String connection, Map<Integer, String> events) {
        this.profile = profile;
        this.name = name == null ? nameOf(profile) : name;
        this.connection = connection;
        this.names = columnNames(profile);
        this.lists = new ListDraft(profile, names, column -> use(column) == Use.LOAD, events);
    }

    /** Names of the columns in the warehouse, in the order of the source. */
    List<String> names() {
        return names;
    }

    /** Name of the feed; its file must be called so. */
    public String name() {
        return name;
    }

    /**
     * Whether a run needs the pseudonym key: a column is pseudonymised, or rows are identified by a
     * keyed hash.
     */
    public boolean pseudonymises() {
        return profile.keys().isEmpty()
                || profile.columns().stream().anyMatch(column -> use(column) == Use.PSEUDONYMISE);
    }

    private boolean isKey(ColumnProfile column) {
        return profile.key().contains(profile.columns().indexOf(column));
    }

    /** What becomes of a column. */
    enum Use {
        LOAD,
        PSEUDONYMISE,
        IGNORE
    }

    Use use(ColumnProfile column) {
        if (!isKey(column)
                && (column.values() == 0
                        || column.isFreeText()
                        || column.isSpecialCategory()
                        || (profile.isTyped() && column.isPersonalButNoText()))) {
            return Use.IGNORE;
        }
        return reasonToPseudonymise(column) == null ? Use.LOAD : Use.PSEUDONYMISE;
    }

    /** Why a column is to be replaced by pseudonyms; null if it is not. */
    @Nullable
    String reasonToPseudonymise(ColumnProfile column) {
        boolean isKey = isKey(column);
        boolean isDate = column.type().isTime();
        if (column.personal() != null) {
            return "looks personal: " + column.personal();
        }
        if (isDate || column.type().type() == Feed.Type.BOOLEAN || column.type().type() == Feed.Type.DECIMAL) {
            return null;
        }
        // of a key of several columns some may be codes, such as a status
        boolean isKeyOfCodes = isKey && item(profile.key()) != profile.columns().indexOf(column) && isShortList(column);
        if ((isKey && !isKeyOfCodes) || PersonalNames.isReference(column.header())) {
            return "a number that may identify a person";
        }
        boolean areCodes = column.values() < FEW_VALUES
                ? column.distinctCount() < column.values() || column.values() < 3
                : isShortList(column);
        return column.type().type() == Feed.Type.TEXT && !areCodes
                ? "many different texts, which may contain names"
                : null;
    }

    /**
     * Whether a text that is no key has values that differ in blanks and capitals alone, so that a slice by it would
     * have a value for each way of writing.
     */
    boolean differsInBlanksOrCapitals(ColumnProfile column) {
        return column.type().type() == Feed.Type.TEXT
                && column.levelledCount() < column.distinctCount()
                && !isKey(column);
    }

    private static boolean isShortList(ColumnProfile column) {
        return column.distinctCount() <= MAX_CODES && column.distinctCount() * 2 <= column.values();
    }

    /** The file's text. */
    public String yaml() {
        StringBuilder yaml = new StringBuilder("""
                # A draft that fpw profile wrote from %s: %s, %s.
                # %s Comments show what was found; lines with DECIDE need your decision.%s
                feed: %s
                source: %s    # DECIDE: the operational system; feeds of one system have the same
                description: %s    # DECIDE: what one row is
                connection: %s
                """.formatted(
                        DisplayText.text(profile.source()),
                        Plural.grouped(profile.rowCount(), "row"),
                        Plural.grouped(profile.columns().size(), "column"),
                        lists.notice(),
                        profile.isSample() ? "\n# " + profile.sampled() : "",
                        name,
                        name,
                        ProfileText.quoted("Rows of " + profile.source() + "."),
                        connection));
        yaml.append(OriginDraft.of(profile));
        yaml.append(new RowDraft(profile, names, column -> use(column) == Use.LOAD).yaml());
        key(yaml);
        limits(yaml);
        yaml.append(lists.fields());
        columns(yaml);
        return yaml.toString();
    }

    /** The one place that knows what a feed without a key says. */
    private void key(StringBuilder yaml) {
        List<Integer> key = profile.key();
        if (key.isEmpty()) {
            yaml.append("# ").append(KeyFindings.of(profile)).append('\n');
            yaml.append("key: row    # equal rows are all loaded; a row that changes counts as one deleted and one "
                    + "loaded\n");
            yaml.append("item: row    # DECIDE: or the column that identifies the device, case or request\n");
            return;
        }
        yaml.append("key: ")
                .append(listed(key))
                .append("    # ")
                .append(KeyFindings.of(profile))
                .append('\n');
        profile.keys().stream().skip(1).limit(3).forEach(other -> yaml.append("# or ")
                .append(listed(other))
                .append(", which is also unique\n"));
        yaml.append("item: ")
                .append(names.get(item(key)))
                .append("    # DECIDE: what waits: the column that identifies the device, case or request\n");
    }

    /**
     * Of a key: the reference that comes first, or else the column with the most different values that is neither a
     * date nor a measure.
     */
    private int item(List<Integer> key) {
        List<Integer> references = key.stream()
                .filter(column ->
                        PersonalNames.isReference(profile.columns().get(column).header()))
                .toList();
        if (!references.isEmpty()) {
            return references.get(0);
        }
        int item = -1;
        for (int column : key) {
            ColumnProfile facts = profile.columns().get(column);
            boolean mayName =
                    facts.type().type() == Feed.Type.TEXT || facts.type().type() == Feed.Type.WHOLE;
            if (mayName
                    && (item < 0
                            || facts.distinctCount()
                                    > profile.columns().get(item).distinctCount())) {
                item = column;
            }
        }
        return item < 0 ? key.get(0) : item;
    }

    private String listed(List<Integer> columns) {
        return columns.stream().map(names::get).collect(Collectors.joining(", ", "[", "]"));
    }

    /**
     * Invalid rows are refused, so a file with many of them needs its own limit; exact duplicates are counted
     * separately.
     */
    private void limits(StringBuilder yaml) {
        double share = (double) profile.brokenCount() / Math.max(1, profile.rowCount());
        if (share * 2 > MAX_REFUSED_SHARE) {
            yaml.append(
                    String.format(Locale.ROOT, "limits: {max_refused_share: %.2f}", Math.min(1, share * 1.2 + 0.01)));
            yaml.append("    # DECIDE: ")
                    .append(ProfileText.count(profile.brokenCount(), "row has", "rows have"))
                    .append(" ")
                    .append(profile.brokenBecause())
                    .append("; the source should be corrected\n");
        }
        long fewest = Math.max(1, profile.rowCount() / 2);
        yaml.append("# limits.min_rows: ").append(fewest).append(" would stop a run with a truncated extract\n");
    }

    private void columns(StringBuilder yaml) {
        yaml.append("columns:\n");
        List<ColumnProfile> out = new ArrayList<>();
        for (int index = 0; index < names.size(); index++) {
            ColumnProfile column = profile.columns().get(index);
            Use use = use(column);
            if (use == Use.IGNORE) {
                out.add(column);
                continue;
            }
            column(yaml, names.get(index), column, use == Use.PSEUDONYMISE);
        }
        if (profile.isTable()) {
            out.forEach(column -> yaml.append("# not loaded: ")
                    .append(DisplayText.text(column.header()))
                    .append(", ")
                    .append(whyIgnored(column))
                    .append('\n'));
            profile.describedUnreadable().forEach(column -> yaml.append("# not loaded: ")
                    .append(DisplayText.text(column))
                    .append(", a type that feeds cannot read; cast it in a query\n"));
        } else if (!out.isEmpty() || !profile.unreadableColumns().isEmpty()) {
            yaml.append("ignored:\n");
            out.forEach(column -> yaml.append("  - ")
                    .append(ProfileText.quoted(column.header()))
                    .append("    # ")
                    .append(whyIgnored(column))
                    .append('\n'));
            profile.unreadableColumns().forEach((column, type) -> yaml.append("  - ")
                    .append(ProfileText.quoted(column))
                    .append("    # ")
                    .append(DisplayText.text(type))
                    .append(", which feeds cannot read\n"));
        }
    }

    private String whyIgnored(ColumnProfile column) {
        return column.values() == 0
                ? "always blank"
                : column.isFreeText()
                        ? "free text, which a queue never needs"
                        : column.isSpecialCategory()
                                ? "DECIDE: special category data (UK GDPR, article 9); load it only for a purpose "
                                        + "that the law allows"
                                : profile.isTable()
                                        ? "looks personal; cast it to text in a query"
                                        : "looks personal, and only a text or number can become a pseudonym";
    }

    private void column(StringBuilder yaml, String columnName, ColumnProfile column, boolean isPseudonym) {
        List<String> patterns = isPseudonym ? List.of() : column.type().patterns();
        String pattern = patterns.isEmpty() ? null : pattern(patterns);
        Feed.Type type = isPseudonym ? Feed.Type.TEXT : column.type().type();
        yaml.append("  - {name: ").append(columnName);
        if (!columnName.equals(column.header())) {
            yaml.append(", from: ").append(ProfileText.quoted(column.header()));
        }
        yaml.append(", type: ").append(type.name().toLowerCase(Locale.ROOT));
        if (pattern != null) {
            yaml.append(", pattern: ").append(pattern);
        }
        yaml.append(", privacy: ")
                .append(isPseudonym ? "pseudonymise" : "not_personal")
                .append(column.type().isMixed() && !isKey(column) ? ", unreadable: null" : "")
                .append(lists.values(columnName))
                .append('}');
        List<String> seen = new ArrayList<>();
        if (column.type().isAmbiguous() && !isPseudonym) {
            seen.add("DECIDE");
        }
        if (pattern != null && pattern.startsWith("[")) {
            seen.add("DECIDE: written in " + patterns.size() + " ways, " + String.join(" and ", patterns)
                    + ": the first that matches is used");
        }
        String reason = reasonToPseudonymise(column);
        if (isPseudonym && reason != null) {
            seen.add(reason + " (DECIDE: or leave it out)");
        }
        if (differsInBlanksOrCapitals(column)) {
            seen.add(String.format(
                    Locale.ROOT,
                    "DECIDE: %,d values remain if blanks and case are normalised by transform: %s",
                    column.levelledCount(),
                    LEVEL.toString().toLowerCase(Locale.ROOT)));
        }
        seen.addAll(ColumnNotes.of(column, profile.rowCount()));
        yaml.append("    # ").append(String.join("; ", seen)).append('\n');
    }

    /**
     * How a feed writes the patterns of a column: the one, also with seconds that are there only sometimes, or a list
     * of which the first that fits is taken.
     */
    private static String pattern(List<String> patterns) {
        List<String> without = patterns.stream()
                .map(pattern -> pattern.replace(":ss", ""))
                .distinct()
                .toList();
        if (patterns.size() > 1 && without.size() == 1) {
            return ProfileText.quoted(without.get(0).replace("mm", "mm[:ss]"));
        }
        return patterns.size() == 1
                ? ProfileText.quoted(patterns.get(0))
                : patterns.stream().map(ProfileText::quoted).collect(Collectors.joining(", ", "[", "]"));
    }

    private static String nameOf(SourceProfile profile) {
        String base = profile.isTable()
                ? profile.source().substring(profile.source().lastIndexOf('.') + 1)
                : OriginDraft.FILE_DATE
                        .matcher(profile.source())
                        .replaceAll("")
                        .replaceAll("(?i)\\.(csv|txt|tsv|dat|xlsx|xlsm|parquet)?(\\.gz)?$", "");
        return snake(base, "feed");
    }

    private static List<String> columnNames(SourceProfile profile) {
        Set<String> taken = new LinkedHashSet<>();
        for (ColumnProfile column : profile.columns()) {
            String name = snake(column.header(), "column");
            String wanted = profile.key().isEmpty() && OF_ROWS.contains(name) ? "column_" + name : name;
            String free = wanted;
            for (int number = 2; taken.contains(free); number++) {
                free = wanted + "_" + number;
            }
            taken.add(free);
        }
        return List.copyOf(new ArrayList<>(taken));
    }

    static String snake(String header, String otherwise) {
        String snake = header.replaceAll("([a-z0-9])([A-Z])", "$1_$2")
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z0-9]+", "_")
                .replaceAll("^_+|_+$", "");
        return snake.isEmpty() ? otherwise : Character.isDigit(snake.charAt(0)) ? otherwise + "_" + snake : snake;
    }
}
