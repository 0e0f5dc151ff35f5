package uk.fpw.warehouse.force;

import com.fasterxml.jackson.annotation.JacksonInject;
import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import uk.fpw.warehouse.force.capacity.Capacity;
import uk.fpw.warehouse.force.capacity.StaffingQuery;
import uk.fpw.warehouse.force.change.Changes;
import uk.fpw.warehouse.force.connection.DatabaseUrl;
import uk.fpw.warehouse.force.connection.SourceConnection;
import uk.fpw.warehouse.force.fact.Fact;
import uk.fpw.warehouse.force.feed.Feed;
import uk.fpw.warehouse.force.grading.GradingQuery;
import uk.fpw.warehouse.force.grading.GradingScheme;
import uk.fpw.warehouse.force.pack.Pack;
import uk.fpw.warehouse.force.queue.Milestones;
import uk.fpw.warehouse.force.queue.Queue;
import uk.fpw.warehouse.force.recommendation.Recommendation;
import uk.fpw.warehouse.force.rule.Rule;
import uk.fpw.warehouse.force.staging.AtEntry;
import uk.fpw.warehouse.force.staging.StagingQuery;
import uk.fpw.warehouse.force.yaml.Binding;

/**
 * A valid force folder.
 *
 * @param folder absolute path of the folder
 * @param identity identity of the force and location of its warehouse
 * @param sources its operational systems and feeds
 * @param meaning definitions based on the feeds
 * @param digest SHA-256 (hex) over the names and contents of the definition files, recorded in releases
 */
public record Force(Path folder, Identity identity, Sources sources, Meaning meaning, String digest) {

    /** Name under which the folder is injected into definitions with relative paths. */
    static final String FOLDER = "folder";

    /**
     * The identity of the force and the location of its warehouse, as defined in {@code force.yml}.
     *
     * @param code short name, {@code [a-z][a-z0-9_]*}; appears in every mart row
     * @param name display name
     * @param zone time zone that defines the force's calendar days
     * @param storage location of the warehouse
     * @param confirmDateAfterDays a business date more than this number of days after the last known one must be
     *     confirmed
     * @param pages settings for the pages of a release
     * @param packs definition packs whose queues, schemes and facts the force has,
     *     such as {@code digital_forensics 1}
     * @param packsObservedFrom first day from which the sources of their queues are complete; null for the first event
     */
    public record Identity(
            @JsonProperty("force") String code,
            String name,
            ZoneId zone,
            Storage storage,
            int confirmDateAfterDays,
            Pages pages,
            List<String> packs,
            @Nullable LocalDate packsObservedFrom) {

        public Identity {
            packs = List.copyOf(packs);
        }

        /** An identity with default settings for pages. */
        public Identity(String code, String name, ZoneId zone, Storage storage, int confirmDateAfterDays) {
            this(
                    code,
                    name,
                    zone,
                    storage,
                    confirmDateAfterDays,
                    new Pages(true, null, LocalTime.of(7, 0)),
                    List.of(),
                    null);
        }
    }

    /**
     * Settings for the pages of a release.
     *
     * @param areMade whether every run makes them
     * @param smallCellThreshold has no effect, see {@link IgnoredFields}; null if the file does not have it
     * @param expectedBy local time by which the figures of the previous day are expected
     */
    public record Pages(
            @JsonProperty("made") boolean areMade, @Nullable Integer smallCellThreshold, LocalTime expectedBy) {}

    /**
     * The operational systems of a force and what they deliver.
     *
     * @param connections connections to operational systems
     * @param bankHolidays from {@code bank_holidays.csv}; a year with too few counts as unknown
     */
    public record Sources(List<SourceConnection> connections, List<Feed> feeds, List<LocalDate> bankHolidays) {}

    /**
     * Definitions based on the feeds.
     *
     * @param schemes lists of grades for judgements
     * @param gradings queries that return judgements
     * @param facts published figures to compare with
     * @param background context for interpreting figures
     */
    public record Meaning(
            List<StagingQuery> stagings,
            List<Queue> queues,
            List<Milestones> milestones,
            List<Rule> rules,
            List<GradingScheme> schemes,
            List<GradingQuery> gradings,
            List<Fact> facts,
            Background background) {}

    /**
     * Context for interpreting figures.
     *
     * @param changes dated changes
     * @param staffings queries that return staff in post
     * @param capacities units and providers that do the work
     * @param recommendations what the force was asked to do
     */
    public record Background(
            Changes changes,
            List<StaffingQuery> staffings,
            List<Capacity> capacities,
            List<Recommendation> recommendations) {

        /** No context. */
        public static final Background NONE = new Background(Changes.NONE, List.of(), List.of(), List.of());
    }

    /**
     * Location of the warehouse.
     *
     * @param warehouse absolute path of the folder with tables, exports, releases and the embedded database, if it
     *     is used
     * @param jdbcUrl the relational database; embedded H2 beside the files unless the force folder names another
     * @param jdbcUser its user
     * @param passwordVariable environment variable with the password; empty for no password (embedded only)
     * @param tables URL of the tables in an object store, without a slash at its end; null if they are in the folder
     */
    public record Storage(
            Path warehouse,
            String jdbcUrl,
            String jdbcUser,
            String passwordVariable,
            @Nullable String tables) {

        /** Storage with all tables in the warehouse folder. */
        public Storage(Path warehouse, String jdbcUrl, String jdbcUser, String passwordVariable) {
            this(warehouse, jdbcUrl, jdbcUser, passwordVariable, null);
        }

        /** The same with its tables in an object store; null for the warehouse folder. */
        public Storage withTables(@Nullable String url) {
            return new Storage(warehouse, jdbcUrl, jdbcUser, passwordVariable, url);
        }

        /** An embedded database writes each commit before it returns, whatever its URL says. */
        public Storage {
            jdbcUrl = DatabaseUrl.writingEachCommit(jdbcUrl);
        }

        @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
        static Storage of(JsonNode written, @JacksonInject(FOLDER) Path folder) {
            return Binding.bind(written, StorageYaml.class, Map.of()).in(folder);
        }

        /**
         * Storage with the embedded H2 database in the warehouse folder. {@code WRITE_DELAY=0} writes each commit
         * before it returns. Otherwise H2 would keep commits in memory for up to half a second, and killing the process
         * could undo a release that readers had already seen.
         */
        public static Storage embedded(Path warehouse) {
            return new Storage(
                    warehouse,
                    "jdbc:h2:file:" + warehouse.resolve("fpw")
                            + ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH;"
                            + "AUTO_SERVER=TRUE;WRITE_DELAY=0",
                    "fpw",
                    "");
        }
    }

    /** Short name, part of every mart row. */
    public String code() {
        return identity.code;
    }

    /** Display name. */
    public String name() {
        return identity.name;
    }

    /** Time zone that defines the force's calendar days. */
    public ZoneId zone() {
        return identity.zone;
    }

    /** Location of the warehouse. */
    public Storage storage() {
        return identity.storage;
    }

    /** A business date more than this number of days after the last known one must be confirmed. */
    public int confirmDateAfterDays() {
        return identity.confirmDateAfterDays;
    }

    /** Connections to operational systems. */
    public List<SourceConnection> connections() {
        return sources.connections;
    }

    public List<Feed> feeds() {
        return sources.feeds;
    }

    /** The known bank holidays; a year with too few counts as unknown. */
    public List<LocalDate> bankHolidays() {
        return sources.bankHolidays;
    }

    /** Queries that return events. */
    public List<StagingQuery> stagings() {
        return meaning.stagings;
    }

    public List<Queue> queues() {
        return meaning.queues;
    }

    /** Milestones expected in open cases. */
    public List<Milestones> milestones() {
        return meaning.milestones;
    }

    /** Validation rules. */
    public List<Rule> rules() {
        return meaning.rules;
    }

    /** Lists of grades for judgements. */
    public List<GradingScheme> schemes() {
        return meaning.schemes;
    }

    /** Queries that return judgements. */
    public List<GradingQuery> gradings() {
        return meaning.gradings;
    }

    /** Published figures to compare with ours. */
    public List<Fact> facts() {
        return meaning.facts;
    }

    /** Dated changes. */
    public Changes changes() {
        return meaning.background.changes;
    }

    /** Queries that return staff in post. */
    public List<StaffingQuery> staffings() {
        return meaning.background.staffings;
    }

    /** Units and providers that do the work. */
    public List<Capacity> capacities() {
        return meaning.background.capacities;
    }

    /** Recommendations made to the force. */
    public List<Recommendation> recommendations() {
        return meaning.background.recommendations;
    }

    /** The definition packs whose queues, grading schemes and published figures the force has. */
    public List<Pack> packs() {
        return identity.packs.stream().map(Pack::of).toList();
    }

    /** Name and version of the definition pack that a queue comes from; null if the force defines it. */
    public @Nullable String packOf(Queue queue) {
        return packOf(Pack::queues, queue.name());
    }

    /** Name and version of the definition pack that a grading scheme comes from; null if the force defines it. */
    public @Nullable String packOf(GradingScheme scheme) {
        return packOf(Pack::schemes, scheme.name());
    }

    /** Name and version of the definition pack that a published figure comes from; null if the force has added it. */
    public @Nullable String packOf(Fact fact) {
        return packOf(Pack::facts, fact.name());
    }

    private @Nullable String packOf(Function<Pack, List<String>> names, String name) {
        return packs().stream()
                .filter(pack -> names.apply(pack).contains(name))
                .map(Pack::label)
                .findFirst()
                .orElse(null);
    }

    /** The queue of that name; throws {@link IllegalArgumentException} if there is none. */
    public Queue queue(String name) {
        return queues().stream()
                .filter(queue -> queue.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no queue '" + name + "' in " + folder));
    }

    /** Whether any feed uses pseudonyms, in which case a run needs the key. */
    public boolean needsPseudonymKey() {
        return feeds().stream().anyMatch(Feed::pseudonymises);
    }

    /** The feed of that name; throws {@link IllegalArgumentException} naming the existing feeds if there is none. */
    public Feed feed(String name) {
        return feeds().stream()
                .filter(feed -> feed.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no feed '" + name + "' in " + folder + "; feeds: "
                        + feeds().stream().map(Feed::name).toList()));
    }

    /**
     * Names of the feeds with the events by which items enter and leave the queue. A queue and its stages share all
     * their feeds: otherwise the queue could be known for longer than its stages and would not be their sum.
     */
    public SortedSet<String> feedsBehind(Queue queue) {
        String whole = queue.parent() == null ? queue.name() : queue.parent();
        SortedSet<String> feeds = new TreeSet<>();
        for (Queue member : queues()) {
            if (member.name().equals(whole) || whole.equals(member.parent())) {
                feeds.addAll(feedsBehind(member.itemKind(), member.events()));
            }
        }
        return feeds;
    }

    /** Names of the feeds with the events that open and close cases and record their steps. */
    public SortedSet<String> feedsBehind(Milestones cases) {
        Set<String> events = new HashSet<>(cases.opens());
        events.addAll(cases.closes());
        for (Milestones.Step step : cases.steps()) {
            events.addAll(step.done());
            events.addAll(step.notApplicable());
        }
        return feedsBehind(cases.itemKind(), events);
    }

    /**
     * Feeds that determine the silence of cases: {@link #feedsBehind(Milestones)} and those with the events that end
     * it.
     */
    public SortedSet<String> feedsBehindSilence(Milestones cases) {
        SortedSet<String> feeds = feedsBehind(cases);
        for (Milestones.Activity activity : cases.silence().activity()) {
            feeds.addAll(feedsBehind(activity.itemKind(), Set.copyOf(activity.events())));
        }
        return feeds;
    }

    /** Feeds that determine the waits of cases: {@link #feedsBehind(Milestones)} and those of {@link #queuesOf}. */
    public SortedSet<String> feedsBehindClock(Milestones cases) {
        SortedSet<String> feeds = feedsBehind(cases);
        queuesOf(cases).forEach(queue -> feeds.addAll(feedsBehind(queue)));
        return feeds;
    }

    /** Queues in which the cases or their items can wait. */
    public List<Queue> queuesOf(Milestones cases) {
        List<String> kinds = cases.itemKinds();
        return queues().stream()
                .filter(queue -> kinds.contains(queue.itemKind()))
                .toList();
    }

    /** Whether a queue neither consists of stages nor is a variant of another queue. */
    public boolean isUndivided(Queue queue) {
        return queue.variantOf() == null
                && queues().stream().noneMatch(other -> queue.name().equals(other.parent()));
    }

    /** Staging queries that return an event of the queue, in the order of the force. */
    public List<StagingQuery> stagingsBehind(Queue queue) {
        Set<String> events = queue.events();
        return stagings().stream()
                .filter(staging -> staging.itemKind().equals(queue.itemKind())
                        && staging.events().stream().anyMatch(events::contains))
                .toList();
    }

    /** Slices of a queue whose values the source changes while items wait; waiting items are counted by both values. */
    public List<String> changingSlices(Queue queue) {
        Set<String> changing = stagingsBehind(queue).stream()
                .flatMap(staging -> staging.atEntry().stream())
                .filter(attribute -> attribute.from() == AtEntry.From.CHANGES)
                .map(AtEntry::attribute)
                .collect(Collectors.toSet());
        return queue.slices().stream().filter(changing::contains).toList();
    }

    private SortedSet<String> feedsBehind(String itemKind, Set<String> events) {
        return stagings().stream()
                .filter(staging -> staging.itemKind().equals(itemKind)
                        && staging.events().stream().anyMatch(events::contains))
                .flatMap(staging -> staging.feeds().stream())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The connections that are databases. */
    public List<SourceConnection.Database> databases() {
        return connections().stream()
                .filter(SourceConnection.Database.class::isInstance)
                .map(SourceConnection.Database.class::cast)
                .toList();
    }

    /** The connection of that name; throws {@link IllegalArgumentException} if there is none. */
    public SourceConnection connection(String name) {
        return connections().stream()
                .filter(connection -> connection.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no connection '" + name + "' in " + folder));
    }
}
