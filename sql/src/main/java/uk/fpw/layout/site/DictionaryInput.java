package uk.fpw.layout.site;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the dictionary of a force shows of its folder: what is delivered, and what is made of it.
 *
 * @param forceDigest digest of the force folder that it was read from; null if the folder could not be read, so that
 *     nothing is known
 * @param isOfRelease whether the release was made with the same folder; if not, its definitions may have been others
 * @param feeds what is loaded
 * @param rules what good rows fulfil
 * @param queries what gives the rows of the feeds their meaning
 * @param queues what is counted, with its events
 * @param milestones what is looked for in open cases, with its events
 * @param changeKinds kinds of dated changes
 */
public record DictionaryInput(
        @Nullable String forceDigest,
        boolean isOfRelease,
        List<Feed> feeds,
        List<Rule> rules,
        List<Query> queries,
        List<Counted> queues,
        List<Counted> milestones,
        List<String> changeKinds) {

    /** Of a folder that could not be read. */
    public static final DictionaryInput UNKNOWN =
            new DictionaryInput(null, false, List.of(), List.of(), List.of(), List.of(), List.of(), List.of());

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]*");

    public DictionaryInput {
        feeds = List.copyOf(requireNonNull(feeds, "feeds: missing"));
        rules = List.copyOf(requireNonNull(rules, "rules: missing"));
        queries = List.copyOf(requireNonNull(queries, "queries: missing"));
        queues = List.copyOf(requireNonNull(queues, "queues: missing"));
        milestones = List.copyOf(requireNonNull(milestones, "milestones: missing"));
        changeKinds = List.copyOf(requireNonNull(changeKinds, "changeKinds: missing"));
    }

    /** Whether the folder could be read. */
    public boolean isKnown() {
        return forceDigest != null;
    }

    /**
     * One source table.
     *
     * @param source the operational system
     * @param connection name of the file drop or the database
     * @param reads the file, table or query that is read through it
     * @param extract whether every row is read or only changed ones, in words
     * @param delivery when it is delivered, in words
     * @param key columns that identify a row; none if all values of a row together do
     * @param item the column that identifies the item; {@code row} if every row is one
     * @param scope condition on the rows that are about the force's work; null if all are
     * @param columns what is loaded
     * @param dropped columns of a file that are deliberately not loaded
     */
    public record Feed(
            String name,
            String source,
            String description,
            String connection,
            String reads,
            String extract,
            String delivery,
            List<String> key,
            String item,
            @Nullable String scope,
            List<Column> columns,
            List<String> dropped) {
        public Feed {
            requireName("feeds", name);
            key = List.copyOf(requireNonNull(key, "feeds.key: missing"));
            columns = List.copyOf(requireNonNull(columns, "feeds.columns: missing"));
            dropped = List.copyOf(requireNonNull(dropped, "feeds.dropped: missing"));
        }
    }

    /**
     * One column of a feed.
     *
     * @param from what the source calls it
     * @param isPseudonym whether only a pseudonym of its values is kept, since they identify a person
     * @param isRequired whether a row without it is refused
     */
    public record Column(
            String name, String from, String type, boolean isPseudonym, boolean isRequired, String description) {}

    /**
     * A business rule.
     *
     * @param severity {@code exclude}, {@code stop} or {@code warning}
     * @param expression Spark SQL, true for good rows
     */
    public record Rule(String code, String feed, String severity, String expression, String message) {}

    /**
     * A query over feeds.
     *
     * @param kind {@code staging}, {@code grading} or {@code staffing}
     * @param itemKind kind of item that its events are about; null if it gives no events
     * @param feeds names of the feeds that it reads
     * @param events what it may give; none if it gives no events
     */
    public record Query(
            String name, String kind, @Nullable String itemKind, List<String> feeds, List<String> events, String sql) {
        public Query {
            requireName("queries", name);
            feeds = List.copyOf(requireNonNull(feeds, "queries.feeds: missing"));
            events = List.copyOf(requireNonNull(events, "queries.events: missing"));
        }
    }

    /**
     * A queue or a list of milestones.
     *
     * @param itemKind kind of item that it is about
     * @param events names of its events
     * @param feeds names of all feeds that its figures need
     */
    public record Counted(String name, String title, String itemKind, List<String> events, List<String> feeds) {
        public Counted {
            requireName("queues", name);
            events = List.copyOf(requireNonNull(events, "queues.events: missing"));
            feeds = List.copyOf(requireNonNull(feeds, "queues.feeds: missing"));
        }
    }

    private static void requireName(String list, @Nullable String name) {
        if (name == null || !NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(list + ": '" + name + "' is not a name");
        }
    }
}
