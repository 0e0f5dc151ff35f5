package uk.fpw.metrics.pass;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.util.GenericArrayData;
import org.apache.spark.unsafe.types.UTF8String;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import uk.fpw.layout.ReleaseId;
import uk.fpw.metrics.account.ForceIndex;
import uk.fpw.metrics.cube.CubeBuilder;
import uk.fpw.metrics.cube.SpellBlock;
import uk.fpw.metrics.figures.ReleaseKey;
import uk.fpw.metrics.lifecycle.ItemTimeline;
import uk.fpw.metrics.series.QueueSpec;
import uk.fpw.metrics.series.SeriesKey;
import uk.fpw.metrics.staging.InputRows;
import uk.fpw.warehouse.force.Coverage;
import uk.fpw.warehouse.force.Force;
import uk.fpw.warehouse.force.queue.Queue;

/** What one task counts and writes for its items. */
@Tag("time-zone")
class ItemTaskTest {

    private static final boolean SOUND = false;
    private static final boolean UNSOUND = true;

    private static final ReleaseKey CANDIDATE =
            new ReleaseKey("testshire", ReleaseId.of("2016-01-12.1"), (int) ItemTimeline.BUSINESS_DATE.toEpochDay());

    private final Map<String, Integer> written = new TreeMap<>();

    private static Queue waiting(@Nullable LocalDate observedFrom) {
        Queue queue = ItemTimeline.queue(
                "waiting",
                null,
                List.of("received"),
                List.of(new Queue.ReEntry("returned", "further work")),
                List.of(new Queue.Exit("examined", "examined", true)));
        return new Queue(
                queue.name(),
                queue.version(),
                queue.title(),
                queue.description(),
                queue.itemKind(),
                queue.itemUnit(),
                queue.enters(),
                queue.reEnters(),
                queue.leaves(),
                queue.slices(),
                queue.cross(),
                observedFrom,
                queue.earliestEntry(),
                queue.provisionalDays(),
                queue.ageBandLimits(),
                queue.parent(),
                queue.variantOf(),
                queue.isInPublications(),
                queue.service(),
                queue.primary(),
                queue.better(),
                queue.mattersFrom(),
                queue.standards(),
                queue.comparisons(),
                queue.limits());
    }

    /** A row of the staging query; an invalid one has no day. */
    private static InternalRow row(
            String item, String day, String event, String contributor, String kind, boolean isUnsound) {
        return input(
                "unit:" + item,
                InputRows.EVENT,
                texts("unit:" + contributor, event, kind),
                isUnsound ? null : LocalDate.parse(day).toEpochDay(),
                null,
                0L);
    }

    private static InternalRow input(String item, int kind, Object[] texts, @Nullable Long... numbers) {
        return new GenericInternalRow(new Object[] {
            UTF8String.fromString(item), kind, 0, new GenericArrayData(texts), new GenericArrayData((Object[]) numbers)
        });
    }

    private static Object[] texts(@Nullable String... texts) {
        return Arrays.stream(texts).map(UTF8String::fromString).toArray();
    }

    /** Counted items by value of the slice, {@code all} for the total. */
    private Map<String, Long> items(Queue queue, int partitions, InternalRow... rows) {
        Force force = ItemTimeline.force(List.of(queue), List.of(ItemTimeline.milestones()));
        ItemRules rules = ItemRules.of(force, new Coverage(ItemTimeline.BUSINESS_DATE, Map.of()));
        List<QueueSpec> queues = rules.queues();
        ItemTask task =
                new ItemTask(rules, CANDIDATE, (table, values) -> written.merge(table, 1, Integer::sum), partitions);
        task.follow(List.of(rows).iterator());
        Map<String, Long> items = new TreeMap<>();
        new CubeBuilder(queues, (int) ItemTimeline.BUSINESS_DATE.toEpochDay())
                .add(task.counts(List.of()).blocks())
                .cubes()
                .forEach(
                        (series, cube) -> items.put(series.value(), cube.flows().items()));
        return items;
    }

    @Test
    void anItemThatComesBackAsAnotherContributorsIsOneItem() {
        Map<String, Long> items = items(
                waiting(null),
                3,
                row("1", "2015-01-05", "received", "anna", "phone", SOUND),
                row("1", "2015-01-09", "examined", "anna", "phone", SOUND),
                row("1", "2015-02-02", "returned", "ben", "computer", SOUND),
                row("1", "2015-02-03", "examined", "ben", "computer", SOUND),
                row("1", "2015-03-02", "returned", "ben", "phone", SOUND));
        assertThat(items).isEqualTo(Map.of("all", 1L, "computer", 1L, "phone", 1L));
        assertThat(written).isEqualTo(Map.of("core.event", 5, "core.spell", 3));
    }

    @Test
    void oneUnsoundRowKeepsItsItemOutAndNoOther() {
        Map<String, Long> items = items(
                waiting(null),
                1,
                row("1", "2015-01-05", "received", "anna", "phone", SOUND),
                row("2", "2015-01-05", "received", "anna", "computer", UNSOUND),
                row("2", "2015-01-06", "received", "anna", "computer", SOUND),
                row("3", "2015-01-05", "received", "anna", "tablet", SOUND),
                row("3", "2015-01-06", "examined", "anna", "tablet", UNSOUND),
                row("4", "2015-01-05", "received", "anna", "phone", SOUND));
        assertThat(items).isEqualTo(Map.of("all", 2L, "phone", 2L));
        assertThat(written).isEqualTo(Map.of("core.event", 2, "core.spell", 2));
    }

    @Test
    void whatLeftBeforeObservationBeganIsWrittenAndNotCounted() {
        Map<String, Long> items = items(
                waiting(LocalDate.of(2015, 2, 1)),
                1,
                row("1", "2015-01-05", "received", "anna", "phone", SOUND),
                row("1", "2015-01-31", "examined", "anna", "phone", SOUND),
                // the first observed spell of the item is a further spell
                row("1", "2015-03-02", "returned", "anna", "computer", SOUND),
                row("2", "2015-01-05", "received", "anna", "phone", SOUND),
                // on the first day of observation, so it was observed
                row("2", "2015-02-01", "examined", "anna", "phone", SOUND));
        assertThat(items).isEqualTo(Map.of("all", 2L, "computer", 1L, "phone", 1L));
        assertThat(written).isEqualTo(Map.of("core.event", 5, "core.spell", 3));
    }

    @Test
    void everyTableOfItemsThatIsNamedAsCountedIsWritten() {
        items(
                waiting(null),
                1,
                row("1", "2015-01-05", "received", "anna", "phone", SOUND),
                row("1", "2015-01-06", "examined", "anna", "phone", SOUND),
                row("1", "2015-01-07", "examined", "anna", "phone", SOUND),
                row("1", "2015-01-08", "reported", "anna", "phone", SOUND));
        // for a feed, a grading query and a staffing query see the tests of exclusions, judgements and staff
        assertThat(written.keySet())
                .isEqualTo(ItemRows.TABLES.stream()
                        .filter(table -> !List.of("core.exclusion", "core.ahead", "core.grading", "core.staffing")
                                .contains(table))
                        .collect(Collectors.toCollection(TreeSet::new)));
    }

    @Test
    void rowsOfAFeedAreUsedOrExcludedWithTheirItem() {
        Force force = ItemTimeline.force(List.of(waiting(null)));
        ItemRules rules = ItemRules.of(force, new Coverage(ItemTimeline.BUSINESS_DATE, Map.of()));
        List<String> exclusions = new ArrayList<>();
        ItemTask task = new ItemTask(
                withFeed(rules),
                CANDIDATE,
                (table, values) -> {
                    if (table.equals("core.exclusion")) {
                        exclusions.add(Arrays.toString(values));
                    }
                },
                1);
        task.follow(List.of(
                        input("unit:1", InputRows.FEED_ROW, texts("1/a")),
                        row("1", "2015-01-05", "received", "anna", "phone", SOUND),
                        input("unit:1", InputRows.FEED_ROW, texts("1/b")),
                        input("unit:2", InputRows.FEED_ROW, texts("2")),
                        input("unit:3", InputRows.FEED_ROW, texts("3")),
                        row("3", "2015-01-05", "examined", "anna", "phone", SOUND),
                        input("unit:4", InputRows.FEED_ROW, texts("4")),
                        row("4", "2015-01-05", "received", "anna", "phone", UNSOUND))
                .iterator());
        assertThat(exclusions)
                .containsExactly(
                        "[devices, 2, unit:2, NO_EVENT, no query yields an event or a judgement of the item]",
                        "[devices, 3, unit:3, CLOSED_NEVER_RECEIVED, queue waiting: 'examined' although the item "
                                + "was never received]",
                        "[devices, 4, unit:4, MISSING_DATE, staging query devices yields an event without a date]");
    }

    /** Received in 2062, or on 3 October where 10 March was meant: in no figure until then. */
    @Test
    void rowsOfAnItemOfWhichAllLiesAfterTheBusinessDateAreAhead() {
        List<String> ahead = new ArrayList<>();
        ItemTask task = new ItemTask(
                withFeed(ItemRules.of(
                        ItemTimeline.force(List.of(waiting(null)), List.of(ItemTimeline.milestones())),
                        new Coverage(ItemTimeline.BUSINESS_DATE, Map.of()))),
                CANDIDATE,
                (table, values) -> {
                    if (table.equals("core.ahead")) {
                        ahead.add(Arrays.toString(values));
                    }
                },
                1);
        task.follow(List.of(
                        input("unit:1", InputRows.FEED_ROW, texts("1/a")),
                        input("unit:1", InputRows.FEED_ROW, texts("1/b")),
                        row("1", "2062-03-10", "examined", "anna", "phone", SOUND),
                        row("1", "2062-03-09", "received", "anna", "phone", SOUND),
                        // no queue uses the event, now or later
                        input("unit:2", InputRows.FEED_ROW, texts("2")),
                        row("2", "2062-03-09", "reported", "anna", "phone", SOUND),
                        // it is waiting, although closed on a future date
                        input("unit:3", InputRows.FEED_ROW, texts("3")),
                        row("3", "2015-01-05", "received", "anna", "phone", SOUND),
                        row("3", "2062-03-10", "examined", "anna", "phone", SOUND),
                        // what happened does not fit, whatever comes
                        input("unit:4", InputRows.FEED_ROW, texts("4")),
                        row("4", "2015-01-05", "examined", "anna", "phone", SOUND),
                        row("4", "2062-03-10", "received", "anna", "phone", SOUND))
                .iterator());
        assertThat(ahead)
                .containsExactly(
                        "[devices, 1/a, unit:1, 2062-03-09]",
                        "[devices, 1/b, unit:1, 2062-03-09]",
                        "[devices, 2, unit:2, 2062-03-09]");
    }

    @Test
    void itemWhoseOutcomeCannotBeReadStillWaitsAndIsListed() {
        Force force = ItemTimeline.force(List.of(waiting(null)));
        ItemRules rules = ItemRules.of(force, new Coverage(ItemTimeline.BUSINESS_DATE, Map.of()));
        List<String> irregularities = new ArrayList<>();
        ItemTask task = new ItemTask(
                withFeed(rules),
                CANDIDATE,
                (table, values) -> {
                    written.merge(table, 1, Integer::sum);
                    if (table.equals("core.irregularity")) {
                        irregularities.add(Arrays.toString(Arrays.copyOf(values, 5)));
                    }
                },
                1);
        task.follow(List.of(
                        input("unit:1", InputRows.FEED_ROW, texts("1/a")),
                        input("unit:1", InputRows.FEED_ROW, texts("1/b", "examined_on")),
                        row("1", "2015-01-05", "received", "anna", "phone", SOUND),
                        input("unit:2", InputRows.FEED_ROW, texts("2", "examined_on")),
                        row("2", "2015-01-05", "received", "ben", "phone", SOUND),
                        row("2", "2015-01-06", "examined", "ben", "phone", SOUND), // another row says it
                        input("unit:3", InputRows.FEED_ROW, texts("3")),
                        row("3", "2015-01-05", "received", "cora", "phone", SOUND))
                .iterator());
        assertThat(irregularities)
                .containsExactly("[waiting, unit:1, OUTCOME_UNREADABLE, still counted as waiting, received]");
        assertThat(written).containsEntry("core.spell", 3).doesNotContainKey("core.exclusion");
    }

    private static ItemRules withFeed(ItemRules rules) {
        ForceIndex names = new ForceIndex(
                List.of("devices"),
                rules.names().rules(),
                rules.names().stagings(),
                rules.names().gradings(),
                rules.names().staffings(),
                rules.names().queues());
        return new ItemRules(
                names,
                new InputReader(names),
                rules.queues(),
                rules.lives(),
                rules.milestones(),
                rules.judging(),
                rules.staffing(),
                rules.exclusions(),
                rules.entries(),
                rules.runId(),
                rules.keyFormat(),
                rules.businessDate(),
                rules.earliest(),
                rules.zone());
    }

    @Test
    void aValueCalledAllIsNotTheTotal() {
        Queue queue = waiting(null);
        Force force = ItemTimeline.force(List.of(queue));
        ItemRules rules = ItemRules.of(force, new Coverage(ItemTimeline.BUSINESS_DATE, Map.of()));
        List<QueueSpec> queues = rules.queues();
        ItemTask task = new ItemTask(rules, CANDIDATE, (table, values) -> {}, 1);
        task.follow(List.of(
                        row("1", "2015-01-05", "received", "anna", "all", SOUND),
                        row("2", "2015-01-05", "received", "ben", "", SOUND))
                .iterator());
        assertThat(new CubeBuilder(queues, (int) ItemTimeline.BUSINESS_DATE.toEpochDay())
                        .add(task.counts(List.of()).blocks())
                        .cubes())
                .containsOnlyKeys(SeriesKey.total(0), new SeriesKey(0, 0, "all"), new SeriesKey(0, 0, ""));
    }

    @Test
    void moreRowsOfOneItemOrContributorThanATaskCanKeepAreRefusedWithoutNamingIt() {
        Force force = ItemTimeline.force(List.of(waiting(null)));
        ItemRules rules = withFeed(ItemRules.of(force, new Coverage(ItemTimeline.BUSINESS_DATE, Map.of())));
        List<InternalRow> rows = List.of(
                input("unit:1", InputRows.FEED_ROW, texts("1")),
                row("1", "2015-01-05", "received", "anna", "phone", SOUND),
                row("1", "2015-01-06", "examined", "anna", "phone", SOUND),
                row("2", "2015-01-05", "received", "anna", "phone", SOUND),
                row("3", "2015-01-05", "received", "anna", "phone", SOUND));
        ItemTask task = new ItemTask(rules, CANDIDATE, (table, values) -> {}, 1);
        task.follow(rows.iterator(), 3);
        assertThatThrownBy(() -> new ItemTask(rules, CANDIDATE, (table, values) -> {}, 1).follow(rows.iterator(), 2))
                .hasMessage("more than 2 rows are about one item; item in feeds/devices.yml, and item_key of the "
                        + "staging queries that read them, must tell items apart");
        List<SpellBlock> blocks = task.counts(List.of()).blocks();
        int asOf = (int) ItemTimeline.BUSINESS_DATE.toEpochDay();
        new CubeBuilder(rules.queues(), asOf).add(blocks, 3);
        assertThatThrownBy(() -> new CubeBuilder(rules.queues(), asOf).add(blocks, 2))
                .hasMessage("queue waiting: more than 2 spells have the same contributor_key; staging queries must "
                        + "return with it what tells cases or persons apart, or leave it out");
    }
}
