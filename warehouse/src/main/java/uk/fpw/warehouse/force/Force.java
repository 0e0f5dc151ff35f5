package uk.fpw.warehouse.force;

import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import uk.fpw.warehouse.force.capacity.Capacity;
import uk.fpw.warehouse.force.capacity.StaffingQuery;
import uk.fpw.warehouse.force.change.Changes;
import uk.fpw.warehouse.force.connection.DatabaseUrl;
import uk.fpw.warehouse.force.connection.SourceConnection;
import uk.fpw.warehouse.force.fact.Fact;
import uk.fpw.warehouse.force.feed.Feed;
import uk.fpw.warehouse.force.grading.GradingQuery;
import uk.fpw.warehouse.force.grading.GradingScheme;
import uk.fpw.warehouse.force.queue.Milestones;
import uk.fpw.warehouse.force.queue.Queue;
import uk.fpw.warehouse.force.recommendation.Recommendation;
import uk.fpw.warehouse.force.rule.Rule;
import uk.fpw.warehouse.force.staging.AtEntry;
import uk.fpw.warehouse.force.staging.StagingQuery;

/**
 * A valid force folder.
 *
 * @param folder absolute path of the folder
 * @param identity who the force is and where its warehouse lives
 * @param sources what its systems deliver
 * @param meaning what is made of that
 * @param digest SHA-256 (hex) over the names and contents of the folder's definition files, so that a release can
 *     record what it was created with
 */
public record Force(Path folder, Identity identity, Sources sources, Meaning meaning, String digest) {

    /**
     * The identity of the force and the location of its warehouse: what {@code force.yml} alone defines.
     *
     * @param code short name, {@code [a-z][a-z0-9_]*}; appears in every mart row
     * @param name name as people write it
     * @param zone zone whose calendar dates are the force's days
     * @param storage location of the warehouse
     * @param confirmDateAfterDays a business date that is more days after the last known one must be confirmed
     * @param pages what is set for the pages of a release
     */
    public record Identity(
            String code, String name, ZoneId zone, Storage storage, int confirmDateAfterDays, Pages pages) {

        /** With the usual settings for pages. */
        public Identity(String code, String name, ZoneId zone, Storage storage, int confirmDateAfterDays) {
            this(code, name, zone, storage, confirmDateAfterDays, new Pages(true, 5, LocalTime.of(7, 0)));
        }
    }

    /**
     * What a force sets for the pages of a release.
     *
     * @param areMade whether every run makes them
     * @param smallCellThreshold cases or people: a figure of fewer is not shown on a page for the whole force
     * @param expectedBy local time by which the figures of the day before are expected
     */
    public record Pages(boolean areMade, int smallCellThreshold, LocalTime expectedBy) {}

    /**
     * What the force's systems deliver.
     *
     * @param connections how operational systems are reached
     * @param bankHolidays from {@code bank_holidays.csv}; a year with fewer than it must have counts as unknown
     */
    public record Sources(List<SourceConnection> connections, List<Feed> feeds, List<LocalDate> bankHolidays) {}

    /**
     * What is made of what the systems deliver.
     *
     * @param schemes lists of grades that judgements may give
     * @param gradings queries that return judgements
     * @param facts published figures to compare with
     * @param background what figures should be read with
     */
    public record Meaning(
            List<StagingQuery> stagings,
            List<Queue> queues,
            List<Milestones> milestones,
            List<Rule> rules,
            List<GradingScheme> schemes,
            List<GradingQuery> gradings,
            List<Fact> facts,
            Background background) {

        /** Without anything that figures should be read with. */
        public Meaning(
                List<StagingQuery> stagings,
                List<Queue> queues,
                List<Milestones> milestones,
                List<Rule> rules,
                List<GradingScheme> schemes,
                List<GradingQuery> gradings,
                List<Fact> facts) {
            this(stagings, queues, milestones, rules, schemes, gradings, facts, Background.NONE);
        }
    }

    /**
     * What figures should be read with.
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

        /** Nothing is recorded. */
        public static final Background NONE = new Background(Changes.NONE, List.of(), List.of(), List.of());
    }

    /**
     * Location of the warehouse.
     *
     * @param warehouse absolute path of the folder that holds data files, exports, releases and, embedded, the database
     * @param jdbcUrl the relational database; the embedded H2 beside the files unless the folder names another
     * @param jdbcUser its user
     * @param passwordVariable environment variable that holds the password; empty means no password (embedded only)
     */
    public record Storage(Path warehouse, String jdbcUrl, String jdbcUser, String passwordVariable) {

        /** An embedded database writes each commit before it returns, whatever its URL says. */
        public Storage {
            jdbcUrl = DatabaseUrl.writingEachCommit(jdbcUrl);
        }

        /**
         * Storage with the embedded H2 database, in the warehouse folder. {@code WRITE_DELAY=0} writes each commit
         * before it returns: H2 would otherwise keep commits in memory for up to half a second, and a process killed
         * then would undo a release that readers had already seen.
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

    /** Short name; appears in every mart row. */
    public String code() {
        return identity.code;
    }

    /** Display name. */
    public String name() {
        return identity.name;
    }

    /** Zone whose calendar dates are the force's days. */
    public ZoneId zone() {
        return identity.zone;
    }

    /** Location of the warehouse. */
    public Storage storage() {
        return identity.storage;
    }

    /** A business date that is more days after the last known one must be confirmed. */
    public int confirmDateAfterDays() {
        return identity.confirmDateAfterDays;
    }

    /** How operational systems are reached. */
    public List<SourceConnection> connections() {
        return sources.connections;
    }

    /** What is loaded. */
    public List<Feed> feeds() {
        return sources.feeds;
    }

    /** Those that are known; a year without any counts as unknown. */
    public List<LocalDate> bankHolidays() {
        return sources.bankHolidays;
    }

    /** Queries that return events. */
    public List<StagingQuery> stagings() {
        return meaning.stagings;
    }

    /** What is counted. */
    public List<Queue> queues() {
        return meaning.queues;
    }

    /** What should be recorded of open cases. */
    public List<Milestones> milestones() {
        return meaning.milestones;
    }

    /** What good rows fulfil. */
    public List<Rule> rules() {
        return meaning.rules;
    }

    /** Lists of grades that judgements may give. */
    public List<GradingScheme> schemes() {
        return meaning.schemes;
    }

    /** Queries that return judgements. */
    public List<GradingQuery> gradings() {
        return meaning.gradings;
    }

    /** Published figures to compare ours with. */
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

    /** What the force was asked to do. */
    public List<Recommendation> recommendations() {
        return meaning.background.recommendations;
    }

    /** The queue of that name; throws {@link IllegalArgumentException} if there is none. */
    public Queue queue(String name) {
        return queues().stream()
                .filter(queue -> queue.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no queue '" + name + "' in " + folder));
    }

    /** Whether any feed uses pseudonyms, so that a run needs the key. */
    public boolean needsPseudonymKey() {
        return feeds().stream().anyMatch(Feed::pseudonymises);
    }

    /** The feed of that name; throws {@link IllegalArgumentException} naming the feeds there are. */
    public Feed feed(String name) {
        return feeds().stream()
                .filter(feed -> feed.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no feed '" + name + "' in " + folder + "; feeds: "
                        + feeds().stream().map(Feed::name).toList()));
    }

    /**
     * Feeds with the events by which items enter and leave the queue, by name. The stages of a queue and
     * the queue itself count as one: otherwise a queue that is known for longer than its stages would not
     * be their sum.
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

    /** Feeds with the events that open and close cases and record their steps, by name. */
    public SortedSet<String> feedsBehind(Milestones cases) {
        Set<String> events = new HashSet<>(cases.opens());
        events.addAll(cases.closes());
        for (Milestones.Step step : cases.steps()) {
            events.addAll(step.done());
            events.addAll(step.notApplicable());
        }
        return feedsBehind(cases.itemKind(), events);
    }

    /** Feeds behind the silence of cases: {@link #feedsBehind(Milestones)}, and those with the events that end it. */
    public SortedSet<String> feedsBehindSilence(Milestones cases) {
        SortedSet<String> feeds = feedsBehind(cases);
        for (Milestones.Activity activity : cases.silence().activity()) {
            feeds.addAll(feedsBehind(activity.itemKind(), Set.copyOf(activity.events())));
        }
        return feeds;
    }

    /** Feeds behind the waits of cases: those of {@link #feedsBehind(Milestones)}, and of {@link #queuesOf}. */
    public SortedSet<String> feedsBehindClock(Milestones cases) {
        SortedSet<String> feeds = feedsBehind(cases);
        queuesOf(cases).forEach(queue -> feeds.addAll(feedsBehind(queue)));
        return feeds;
    }

    /** Queues in which the cases, or items that belong to them, can wait. */
    public List<Queue> queuesOf(Milestones cases) {
        List<String> kinds = cases.itemKinds();
        return queues().stream()
                .filter(queue -> kinds.contains(queue.itemKind()))
                .toList();
    }

    /** Whether a queue is neither made up of stages nor a variant of another one. */
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

    /** Slices of a queue of which the source changes values while items wait; what waits is counted by both values. */
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
