package uk.fpw.metrics.pass;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.Random;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.duckdb.DuckDBDriver;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import scala.jdk.javaapi.CollectionConverters;
import uk.fpw.metrics.cube.Cube;
import uk.fpw.metrics.cube.CubeBuilder;
import uk.fpw.metrics.cube.ExcludedCounts;
import uk.fpw.metrics.cube.QueueSpec;
import uk.fpw.metrics.cube.SeriesKey;
import uk.fpw.metrics.figures.Candidate;
import uk.fpw.metrics.figures.Series;
import uk.fpw.metrics.figures.SeriesFigures;
import uk.fpw.metrics.lifecycle.ItemEvent;
import uk.fpw.metrics.lifecycle.ItemLife;
import uk.fpw.model.Model;
import uk.fpw.model.Models;
import uk.fpw.warehouse.force.Coverage;
import uk.fpw.warehouse.force.Force;
import uk.fpw.warehouse.force.ForceFolder;
import uk.fpw.warehouse.force.Queue;

/** Ten thousand random items, counted by the pass and once more by another engine from the definitions in SQL: every whole number is the same. */
class DefinitionsIT {

    private static final LocalDate BUSINESS_DATE = LocalDate.of(2015, 11, 18);
    private static final Pattern COLUMN_DIVIDER = Pattern.compile(", *");
    private static final int ITEMS = 1_000;
    private static final int DAYS = 500;
    private static final long MICROS_PER_HOUR = 3_600_000_000L;

    /** Rows of the pass by table, each column by its name. */
    private final Map<String, List<Map<String, Object>>> rows = new HashMap<>();

    @ParameterizedTest
    @CsvSource({
        "standards, 1",
        "standards, 2",
        "standards, 3",
        "standards, 4",
        "standards, 5",
        "standards, 6",
        "backlog, 7",
        "backlog, 8",
        "coverage, 9",
        "coverage, 10"
    })
    void anotherEngineCountsTheSame(String folder, long seed) throws SQLException {
        Force force =
                ForceFolder.read(Path.of("src", "test", "resources", folder).toAbsolutePath());
        Random random = new Random(seed);
        try (Connection duckDb = new DuckDBDriver().connect("jdbc:duckdb:", new Properties())) {
            CountDefinitions definitions = new CountDefinitions(duckDb, force, BUSINESS_DATE);
            List<QueueSpec> queues = QueueSpec.of(force, Coverage.whole(force, BUSINESS_DATE));
            ItemLife lives = new ItemLife(force, queues);
            List<Row> staged = new ArrayList<>();
            for (int item = 0; item < ITEMS; item++) {
                List<ItemEvent> events = events(force, random);
                for (ItemEvent event : events) {
                    staged.add(row("town:" + item, event));
                }
                definitions.events("town:" + item, lives.follow(events).events());
            }
            count(force, queues, lives, staged);
            definitions.compute();

            compare(definitions);
        }
    }

    private void compare(CountDefinitions definitions) throws SQLException {
        String series = "queue, slice, slice_value, ";
        same(
                definitions,
                "spell",
                "core.spell",
                "queue, item_key, contributor_key, is_reentry, first_entered_on, entered_on, left_on, left_as, is_served,"
                        + " is_out_of_order",
                row -> true);
        same(
                definitions,
                "queue_daily",
                "mart.queue_daily",
                series + "day, received_count, reentered_count, left_count, waiting_count, past_standard_count,"
                        + " due_next_7_days_count, age_unknown_count",
                row -> true);
        same(
                definitions,
                "queue_daily where queue in (select parent_queue from queue_definition)",
                "mart.queue_daily",
                series + "day, out_of_order_count",
                row -> row.get("out_of_order_count") != null);
        same(
                definitions,
                "queue_exit where month_start_on >= (select date_trunc('month', min(day)) from queue_daily where"
                        + " queue_daily.queue = queue_exit.queue)",
                "mart.queue_exit",
                series + "month_start_on, exit_reason, left_count, contributor_count",
                row -> !Objects.equals(row.get("left_count"), 0L));
        same(
                definitions,
                "open_age",
                "mart.open_age",
                series + "as_of_on, age_band_from_days, waiting_count, waiting_since_entry_count, contributor_count",
                row -> !Objects.equals(row.get("contributor_count"), 0L));
        same(
                definitions,
                "wait_standard",
                "mart.wait_standard",
                series + "standard, month_start_on, received_count, due_count, met_count, failed_count,"
                        + " left_unseen_count, unknown_count, not_yet_due_count, contributor_count",
                row -> true);
        same(
                definitions,
                "wait_curve where exit_reason <> '(still waiting)'",
                "mart.wait_curve",
                series + "cohort, wait_days, exit_reason, at_risk_count, spell_count as left_count",
                row -> !"all".equals(row.get("exit_reason")) && !Objects.equals(row.get("left_count"), 0L));
        same(
                definitions,
                "wait_curve where exit_reason = '(still waiting)'",
                "mart.wait_curve",
                series + "cohort, wait_days, at_risk_count, spell_count as censored_count",
                row -> "all".equals(row.get("exit_reason")) && !Objects.equals(row.get("censored_count"), 0L));
        for (Map.Entry<String, String> period :
                Map.of("day", "daily", "week", "weekly", "month", "monthly").entrySet()) {
            String start = period.getKey().equals("day") ? "day" : period.getKey() + "_start_on";
            same(
                    definitions,
                    "contributors where period = '" + period.getKey() + "'",
                    "mart.queue_" + period.getValue(),
                    series + "period_start_on as " + start + ", contributor_count",
                    row -> !Objects.equals(row.get("contributor_count"), 0L));
        }
    }

    /**
     * Compares columns of a definition with those of the pass that bear the same names.
     *
     * @param columns as a query selects them; the name of each in the pass is its last word
     */
    private void same(
            CountDefinitions definitions,
            String from,
            String table,
            String columns,
            Predicate<Map<String, Object>> which)
            throws SQLException {
        Set<String> defined = definitions.rows("select " + columns + " from " + from);
        SortedSet<String> counted = new TreeSet<>();
        for (Map<String, Object> row : rows.getOrDefault(table, List.of())) {
            if (which.test(row)) {
                List<String> values = new ArrayList<>();
                for (String column : COLUMN_DIVIDER.split(columns, -1)) {
                    values.add(String.valueOf(row.get(column.substring(column.lastIndexOf(' ') + 1))));
                }
                counted.add(String.join("|", values));
            }
        }
        SortedSet<String> extra = new TreeSet<>(counted);
        extra.removeAll(defined);
        SortedSet<String> missing = new TreeSet<>(defined);
        missing.removeAll(counted);
        assertThat(extra.stream().limit(5).toList())
                .as(table + ", counted by the pass beside defined in SQL: " + columns)
                .isEqualTo(missing.stream().limit(5).toList());
    }

    /** Events of one item: of its kind, close together so that ties are many, some stated twice, some on days that cannot be, some of days to come. */
    private static List<ItemEvent> events(Force force, Random random) {
        Queue of = force.queues().get(random.nextInt(force.queues().size()));
        List<Queue> queues = force.queues().stream()
                .filter(queue -> queue.itemKind().equals(of.itemKind()))
                .toList();
        List<String> names = queues.stream()
                .flatMap(queue -> Stream.of(
                                queue.enters().stream(),
                                queue.reEnters().stream().map(Queue.ReEntry::event),
                                queue.leaves().stream().map(Queue.Exit::event))
                        .flatMap(all -> all))
                .distinct()
                .sorted()
                .toList();
        List<String> slices = queues.stream()
                .flatMap(queue -> queue.slices().stream())
                .distinct()
                .sorted()
                .toList();
        int start = (int) BUSINESS_DATE.toEpochDay() - random.nextInt(DAYS);
        String contributor = "town:c" + random.nextInt(ITEMS / 2);
        List<ItemEvent> events = new ArrayList<>();
        for (int i = random.nextInt(8); i >= 0; i--) {
            int day = random.nextInt(40) == 0
                    ? (int) LocalDate.of(1900, 1, 1).toEpochDay()
                    : start + random.nextInt(1 + random.nextInt(120));
            Map<String, String> attributes = new HashMap<>();
            for (String slice : slices) {
                if (random.nextInt(5) > 0) {
                    attributes.put(slice, VALUES.get(random.nextInt(VALUES.size())));
                }
            }
            ItemEvent event = new ItemEvent(
                    "town",
                    of.itemKind(),
                    random.nextInt(20) == 0 ? "town:c" + random.nextInt(ITEMS / 2) : contributor,
                    i > 5 || (events.isEmpty() && random.nextInt(3) > 0)
                            ? names.get(0)
                            : names.get(random.nextInt(names.size())),
                    day,
                    random.nextBoolean() ? null : moment(force, day, random),
                    random.nextInt(3),
                    attributes,
                    random.nextBoolean() ? "a_query" : "another_query");
            events.add(event);
            if (random.nextInt(15) == 0) {
                events.add(event);
            }
        }
        return events;
    }

    private static final List<String> VALUES = List.of("high", "urgent", "low", "it's", "all");

    private static long moment(Force force, int day, Random random) {
        LocalDate date = LocalDate.ofEpochDay(day);
        long start = ChronoUnit.MICROS.between(
                Instant.EPOCH, date.atStartOfDay(force.zone()).toInstant());
        return start + (random.nextInt(4) == 0 ? 0 : random.nextInt(20) * MICROS_PER_HOUR);
    }

    private static Row row(String item, ItemEvent event) {
        return RowFactory.create(
                item,
                event.source(),
                event.itemKind(),
                event.contributorKey(),
                event.event(),
                event.occurredOn(),
                event.occurredAt(),
                event.eventOrder(),
                CollectionConverters.asScala(event.attributes()),
                event.staging(),
                false);
    }

    /** What the pass makes of the rows, its tasks one after the other. */
    private void count(Force force, List<QueueSpec> queues, ItemLife lives, List<Row> staged) {
        BiConsumer<String, Object[]> taker = (table, values) -> {
            Model model = Models.find(table).orElseThrow();
            Map<String, Object> row = new HashMap<>();
            for (int i = 0; i < values.length; i++) {
                if (values[i] != null) {
                    row.put(model.columns().get(i).name(), values[i]);
                }
            }
            rows.computeIfAbsent(table, any -> new ArrayList<>()).add(row);
        };
        ItemTask task = new ItemTask(queues, lives, force.zone(), taker, 3);
        task.follow(staged.iterator());
        int asOf = (int) BUSINESS_DATE.toEpochDay();
        CubeBuilder counted =
                new CubeBuilder(queues, asOf).add(task.counts(List.of()).blocks());
        for (int queue = 0; queue < queues.size(); queue++) {
            counted.cubes().putIfAbsent(SeriesKey.total(queue), new Cube(asOf));
        }
        SeriesFigures figures = new SeriesFigures(Models.all(), taker);
        counted.cubes()
                .forEach((key, cube) -> figures.write(new Series(
                        new Candidate(force.code(), "r", asOf),
                        queues.get(key.queue()),
                        key,
                        cube,
                        new ExcludedCounts(),
                        counted.firstDays().get(key.queue()).of(queues.get(key.queue())))));
    }
}
