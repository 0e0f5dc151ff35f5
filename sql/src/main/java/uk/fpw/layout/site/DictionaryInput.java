package uk.fpw.layout.site;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the data dictionary shows of the force folder: what is delivered and what is made of it.
 *
 * @param forceDigest digest of the force folder; null if the folder could not be read, in which case everything else is
 *     empty
 * @param isOfRelease whether the release was made with the same folder; otherwise its definitions may have been
 *     different
 * @param feeds the feeds
 * @param rules the validation rules
 * @param queries the queries over feeds
 * @param queues the queues and their events
 * @param milestones the milestones of open cases and their events
 * @param changeKinds kinds of dated changes
 * @param recommendations the recommendations that have figures
 */
public record DictionaryInput(
        @Nullable String forceDigest,
        boolean isOfRelease,
        List<Feed> feeds,
        List<Rule> rules,
        List<Query> queries,
        List<Counted> queues,
        List<Counted> milestones,
        List<String> changeKinds,
        List<Recommended> recommendations) {

    /** A force folder that could not be read. */
    public static final DictionaryInput UNKNOWN = new DictionaryInput(
            null, false, List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), List.of());

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]*");

    public DictionaryInput {
        feeds = List.copyOf(requireNonNull(feeds, "feeds: missing"));
        rules = List.copyOf(requireNonNull(rules, "rules: missing"));
        queries = List.copyOf(requireNonNull(queries, "queries: missing"));
        queues = List.copyOf(requireNonNull(queues, "queues: missing"));
        milestones = List.copyOf(requireNonNull(milestones, "milestones: missing"));
        changeKinds = List.copyOf(requireNonNull(changeKinds, "changeKinds: missing"));
        recommendations = List.copyOf(requireNonNull(recommendations, "recommendations: missing"));
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
     * @param extract description of the extract: every row or only changed ones
     * @param delivery description of the delivery schedule
     * @param key columns that identify a row; empty if only all values together do
     * @param item the column that identifies the item; {@code row} if every row is one
     * @param scope condition for rows within the force's remit; null if all are
     * @param columns the loaded columns
     * @param dropped columns of a file that are deliberately not loaded
     * @param owner who corrects its rows at the source; null if not stated
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
            List<String> dropped,
            @Nullable String owner) {
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
     * @param from its name in the source
     * @param isPseudonym whether only pseudonyms are stored because the values identify people
     * @param isRequired whether rows without a value are rejected
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
     * @param itemKind kind of item its events refer to; null if it returns no events
     * @param feeds names of the feeds it reads
     * @param events events it may return; empty if it returns none
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
     * @param itemKind kind of item
     * @param events names of its events
     * @param feeds names of all feeds its figures depend on
     */
    public record Counted(String name, String title, String itemKind, List<String> events, List<String> feeds) {
        public Counted {
            requireName("queues", name);
            events = List.copyOf(requireNonNull(events, "queues.events: missing"));
            feeds = List.copyOf(requireNonNull(feeds, "queues.feeds: missing"));
        }
    }

    /**
     * A recommendation.
     *
     * @param feeds names of the feeds that its figures depend on
     */
    public record Recommended(String name, List<String> feeds) {
        public Recommended {
            requireName("recommendations", name);
            feeds = List.copyOf(requireNonNull(feeds, "recommendations.feeds: missing"));
        }
    }

    private static void requireName(String list, @Nullable String name) {
        if (name == null || !NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(list + ": '" + name + "' is not a name");
        }
    }
}
