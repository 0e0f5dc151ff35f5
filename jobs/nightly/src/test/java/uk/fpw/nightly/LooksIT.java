package uk.fpw.nightly;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.JdbcTemplate;
import uk.fpw.layout.ReleaseId;
import uk.fpw.nightly.run.WarehouseDatabase;
import uk.fpw.warehouse.catalog.WarehouseCatalog;
import uk.fpw.warehouse.force.Force;

/** What a person sees of two releases: the counts that differ, and the items behind a count. */
class LooksIT {

    private static final Clock CLOCK = Clock.fixed(Instant.parse("2016-01-14T08:00:00Z"), ZoneOffset.UTC);
    private static final String USER = System.getProperty("user.name");
    private static final ReleaseId FIRST = ReleaseId.of("2016-01-12.1");
    private static final ReleaseId SECOND = ReleaseId.of("2016-01-13.1");
    private static final String HOSTILE = "ph\u001B[31mone" + "!".repeat(300);

    /** D left on 30 October then, and B had not left; E left before the source is complete. */
    private static final String THEN = """
            a | A | 2015-09-10 | 2015-10-05 | examined | phone    | seized
            b | B | 2015-10-03 | -          | -        | computer | seized
            c | C | 2015-10-20 | -          | -        | phone    | seized
            d | D | 2015-10-21 | 2015-10-30 | examined | phone    | seized
            e | E | 2012-01-01 | 2012-02-01 | examined | phone    | seized
            f | F | 2015-09-10 | 2015-10-05 | examined | phone    | sent
            """;

    private static final String NOW = THEN.replace(
                    "B | 2015-10-03 | -          | -       ", "B | 2015-10-03 | 2015-10-31 | returned")
            .replace("2015-10-30", "2015-11-01");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @BeforeEach
    void twoReleases() throws IOException {
        Files.writeString(folder.resolve("force.yml"), """
            force: test_force
            name: Test force
            zone: Europe/London
            storage: {warehouse: warehouse}
            """);
        Path warehouse = Files.createDirectory(folder.resolve("warehouse"));
        Force.Storage storage = Force.Storage.embedded(warehouse);
        try (HikariDataSource dataSource = WarehouseDatabase.open(storage, "")) {
            WarehouseDatabase.migrate(dataSource);
            try (WarehouseCatalog catalog = WarehouseCatalog.open(storage, "")) {
                ReleasedTables tables = new ReleasedTables(warehouse, new JdbcTemplate(dataSource), catalog);
                tables.release(FIRST, null, tables(THEN, FIRST, List.of("seized"), List.of()));
                tables.release(
                        SECOND,
                        FIRST,
                        tables(
                                NOW,
                                SECOND,
                                List.of("seized", "sent"),
                                List.of(
                                        change("all", "all", 2L, 3L, "corrected", 1L),
                                        change("device_type", HOSTILE, 1L, null, "coverage", null))));
            }
        }
    }

    private static Map<String, List<Map<String, Object>>> tables(
            String spells, ReleaseId id, List<String> queues, List<Map<String, Object>> changes) {
        LocalDate day = id.businessDate();
        return Map.of(
                "core.spell", spells(spells, day),
                "mart.queue_daily",
                        List.of(
                                Map.of(
                                        "queue",
                                        "seized",
                                        "slice",
                                        "all",
                                        "day",
                                        LocalDate.of(2013, 1, 1),
                                        "data_as_at",
                                        day),
                                Map.of("queue", "seized", "slice", "all", "day", day, "data_as_at", day)),
                "mart.queue_monthly",
                        List.of(
                                month("all", "all", true),
                                month("device_type", "phone", true),
                                month("device_type", "tablet", false)),
                "mart.queue_exit",
                        List.of(Map.of(
                                "queue", "seized",
                                "slice", "all",
                                "slice_value", "all",
                                "month_start_on", LocalDate.of(2015, 10, 1),
                                "exit_reason", "examined",
                                "left_count", 1L,
                                "is_available", true)),
                "mart.dim_queue",
                        queues.stream()
                                .map(queue -> Map.<String, Object>of("queue", queue))
                                .toList(),
                "mart.dim_slice",
                        List.of(
                                Map.of("queue", "seized", "slice", "all"),
                                Map.of("queue", "seized", "slice", "device_type")),
                "mart.figure_change", changes);
    }

    private static List<Map<String, Object>> spells(String lines, LocalDate businessDate) {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (String line : lines.lines().toList()) {
            String[] fields = line.split(" *\\| *", -1);
            LocalDate entered = LocalDate.parse(fields[2]);
            LocalDate left = fields[3].equals("-") ? null : LocalDate.parse(fields[3]);
            LocalDate from = LocalDate.of(2013, 1, 1);
            Map<String, Object> row = new HashMap<>(Map.of(
                    "spell_id",
                    fields[0],
                    "item_key",
                    fields[1],
                    "queue",
                    fields[6],
                    "entered_on",
                    entered,
                    "is_reentry",
                    false,
                    "is_age_known",
                    true,
                    "is_out_of_order",
                    false,
                    "observed_from_on",
                    entered.isBefore(from) ? from : entered,
                    "observed_to_on",
                    left == null ? businessDate : left,
                    "slices",
                    Map.of("device_type", fields[5])));
            if (left != null) {
                row.put("left_on", left);
                row.put("left_as", fields[4]);
                row.put("is_served", fields[4].equals("examined"));
            }
            rows.add(row);
        }
        return rows;
    }

    /** By hand: A and B left in October (one phone), and C and D still wait at its end. */
    private static Map<String, Object> month(String slice, String value, boolean isAvailable) {
        Map<String, Object> row = new HashMap<>(Map.of(
                "queue", "seized",
                "slice", slice,
                "slice_value", value,
                "month_start_on", LocalDate.of(2015, 10, 1),
                "is_available", isAvailable));
        if (isAvailable) {
            row.put("left_count", slice.equals("all") ? 2L : 1L);
            row.put("waiting_count", 2L);
            row.put("received_count", slice.equals("all") ? 3L : 99L);
        } else {
            row.put("unavailable_reason", "exits is missing");
        }
        return row;
    }

    private static Map<String, Object> change(
            String slice, String value, long from, @Nullable Long to, String cause, @Nullable Long part) {
        Map<String, Object> row = new HashMap<>(Map.of(
                "new_release_id",
                SECOND.value(),
                "queue",
                "seized",
                "slice",
                slice,
                "slice_value",
                value,
                "measure",
                "left_count",
                "exit_reason",
                "all",
                "period_start_on",
                LocalDate.of(2015, 10, 1),
                "period_end_on",
                LocalDate.of(2015, 10, 31),
                "cause",
                cause,
                "replaced_value",
                from));
        if (to != null) {
            row.put("new_value", to);
        }
        if (part != null) {
            row.put("part", part);
        }
        return row;
    }

    @Test
    void itemsBehindACountAreListedAndTheLookIsOnRecord() {
        assertThat(items("--measure", "left_count")).isZero();
        assertThat(text(out)).isEqualTo("""
                seized, all, 2015-10: left_count, release 2016-01-13.1: 2 items
                  A
                  B
                """);
        assertThat(items("--measure", "left_count", "--exit", "examined")).isZero();
        assertThat(text(out)).isEqualTo("""
                seized, all, 2015-10: left_count as examined, release 2016-01-13.1: 1 item
                  A
                """);
        assertThat(items("--measure", "waiting_count", "--slice", "device_type=phone"))
                .isZero();
        assertThat(text(out)).isEqualTo("""
                seized, device_type phone, 2015-10: waiting_count, release 2016-01-13.1: 2 items
                  C
                  D
                """);
        assertThat(items("--measure", "left_count", "--changed", "--format", "csv"))
                .isZero();
        assertThat(text(out)).isEqualToNormalizingNewlines("""
                item_key,change
                B,added
                D,removed
                """);
        assertThat(text(err)).isEmpty();

        assertThat(run("looks", "--latest", "9")).isZero();
        assertThat(text(out).lines().filter(line -> line.startsWith("2016")))
                .containsExactlyInAnyOrder(
                        look("all, 2015-10: left_count, release 2016-01-13.1: 2 items"),
                        look("all, 2015-10: left_count as examined, release 2016-01-13.1: 1 item"),
                        look("device_type phone, 2015-10: waiting_count, release 2016-01-13.1: 2 items"),
                        look("all, 2015-10: left_count, release 2016-01-13.1 compared with 2016-01-12.1: 2 items"));
        assertThat(text(out)).contains("    asked by the inspector\n");
    }

    private static String look(String what) {
        return "2016-01-14 08:00:00 UTC  " + USER + "  seized, " + what;
    }

    @Test
    void countThatIsNotThatOfTheItemsIsReported() {
        assertThat(items("--measure", "received_count", "--slice", "device_type=phone"))
                .isZero();
        assertThat(text(err))
                .isEqualTo("fpw: release 2016-01-13.1 states 99, and 2 items were found; this is probably a bug in the "
                        + "software: please report it\n");
    }

    @Test
    void nothingIsShownWithoutARecord() {
        update("alter table ops.item_look add constraint nothing_fits check (row_count < 0)");
        assertThat(items("--measure", "left_count")).isNotZero();
        assertThat(text(out)).isEmpty();

        update("drop table ops.item_look");
        assertThat(items("--measure", "left_count")).isEqualTo(2);
        assertThat(text(out)).isEmpty();
        assertThat(text(err))
                .isEqualTo(
                        "fpw: the database has no log of looks yet (ops.item_look), and nothing is shown without it; "
                                + "run fpw nightly once with this version\n");
    }

    @Test
    void whatCannotBeLookedAtIsRefusedAndNotRecorded() {
        assertThat(items("--measure", "waiting_count", "--slice", "device_type=tablet"))
                .isEqualTo(2);
        assertThat(text(err))
                .isEqualTo("fpw: waiting_count of seized is not available in release 2016-01-13.1 for the month of "
                        + "2015-10-01: exits is missing\n");
        assertThat(items("--measure", "waiting_count", "--slice", "device_type=radio"))
                .isEqualTo(2);
        assertThat(text(err))
                .startsWith("fpw: release 2016-01-13.1 has no figures of queue 'seized' by 'device_type' with value "
                        + "'radio' for the month of 2015-10-01; fpw query --release 2016-01-13.1 ");
        assertThat(items("--measure", "waiting_count", "--exit", "examined")).isEqualTo(2);
        assertThat(text(err))
                .isEqualTo(
                        "fpw: --exit is for --measure left_count, but the measure is waiting_count; remove --exit\n");
        assertThat(items("--measure", "left_count", "--changed", "--release", FIRST.value()))
                .isEqualTo(2);
        assertThat(text(err))
                .isEqualTo("fpw: which release 2016-01-12.1 replaced is not recorded, or it replaced none; remove "
                        + "--changed, or choose another release\n");
        assertThat(run("looks")).isZero();
        assertThat(text(out)).isEqualTo("no look at items is recorded\n");
    }

    @Test
    void diffNamesWhatThereIsInsteadOfFindingNothing() {
        assertThat(diff("--queue", "seizd")).isEqualTo(2);
        assertThat(text(err))
                .isEqualTo("fpw: there is no queue 'seizd'; queues: seized, sent; did you mean 'seized'?\n");
        assertThat(diff("--queue", "seized", "--slice", "colour")).isEqualTo(2);
        assertThat(text(err))
                .isEqualTo("fpw: there is no slice 'colour' of queue 'seized'; slices: all, device_type\n");
        assertThat(run("diff", "inspection", SECOND.value(), "--force", folder.toString()))
                .isEqualTo(2);
        assertThat(text(err))
                .isEqualTo("fpw: there is no release inspection; releases: [2016-01-13.1, 2016-01-12.1]; fpw releases "
                        + "lists them with the names under which they are pinned\n");
    }

    @Test
    void diffSaysWhatIsNotAvailableAndShowsTextsWithoutTheirControlCharacters() {
        assertThat(diff()).isZero();
        assertThat(text(out)).isEqualTo("""
                Counts of past months (totals): release 2016-01-13.1 against 2016-01-12.1, steps added up: 1
                seized
                  2015-10 left_count                                 2 ->         3  corrected +1
                Note: sent is not available in release 2016-01-12.1, so that it is not compared
                """);
        assertThat(diff("--slice", "device_type")).isZero();
        assertThat(text(out))
                .contains("\nseized, ph\\u001B[31mone!!!")
                .contains("!!!…\n")
                .contains(" left_count                                 1 -> not available  coverage\n")
                .doesNotContain("\u001B");
    }

    @Test
    void diffSaysThatAReleaseWasWithdrawn() {
        update("update ops.release set withdrawn_at = timestamp with time zone '2016-01-14 07:00:00Z', withdrawn_by = "
                + "'sam', withdrawn_reason = 'wrong file' where release_id = '2016-01-12.1'");
        assertThat(diff("--queue", "seized", "--format", "csv")).isZero();
        assertThat(text(err))
                .isEqualTo("fpw: release 2016-01-12.1 was withdrawn on 2016-01-14 by sam: wrong file; its figures must "
                        + "not be used\n");
    }

    private int diff(String... options) {
        return run(Stream.concat(Stream.of("diff", FIRST.value(), SECOND.value()), Stream.of(options))
                .toArray(String[]::new));
    }

    private int items(String... options) {
        return run(Stream.concat(
                        Stream.of(
                                "items",
                                "--queue",
                                "seized",
                                "--month",
                                "2015-10",
                                "--reason",
                                "asked by the inspector"),
                        Stream.of(options))
                .toArray(String[]::new));
    }

    private void update(String sql) {
        try (HikariDataSource dataSource =
                WarehouseDatabase.openExisting(Force.Storage.embedded(folder.resolve("warehouse")), "")) {
            new JdbcTemplate(dataSource).update(sql);
        }
    }

    private int run(String... arguments) {
        out.reset();
        err.reset();
        return Fpw.commandLine(new CliContext(
                        Map.of("FPW_FORCE", folder.toString()),
                        folder,
                        folder.resolve("lib"),
                        folder,
                        CLOCK,
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8)))
                .execute(arguments);
    }

    private static String text(ByteArrayOutputStream stream) {
        return stream.toString(StandardCharsets.UTF_8);
    }
}
