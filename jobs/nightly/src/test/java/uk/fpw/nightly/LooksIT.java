package uk.fpw.nightly;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.zaxxer.hikari.HikariDataSource;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.JdbcTemplate;
import uk.fpw.layout.ReleaseId;
import uk.fpw.layout.WarehouseFolder;
import uk.fpw.layout.look.LookFolder;
import uk.fpw.layout.look.LookLog;
import uk.fpw.nightly.cli.option.ProcessOwner;
import uk.fpw.nightly.run.database.WarehouseDatabase;
import uk.fpw.warehouse.force.Force;

/** What users see of two releases: the counts that differ, and the items behind a count. */
class LooksIT {

    private static final Clock CLOCK = Clock.fixed(Instant.parse("2016-01-14T08:00:00Z"), ZoneOffset.UTC);
    private static final String USER = ProcessOwner.nameWithLogin();
    private static final ReleaseId FIRST = TwoReleases.FIRST;
    private static final ReleaseId SECOND = TwoReleases.SECOND;

    private static final String WITHDRAWN = "fpw: release 2016-01-12.1 was withdrawn on 2016-01-14 by sam: wrong file; "
            + "its figures must not be used\n";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private static Path folder;

    /** The releases are made once; each test's changes of the database are undone before the next. */
    private static byte[] database = {};

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @BeforeAll
    static void twoReleases() throws IOException {
        TwoReleases.in(folder);
        database = Files.readAllBytes(databaseFile());
    }

    @BeforeEach
    void asReleased() throws IOException {
        Files.write(databaseFile(), database);
        WarehouseFolder warehouse = new WarehouseFolder(folder.resolve("warehouse"));
        for (Path file : new LookFolder(warehouse).files()) {
            Files.delete(file);
        }
        Files.deleteIfExists(warehouse.importedLooks());
    }

    private static Path databaseFile() {
        return folder.resolve("warehouse/fpw.mv.db");
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

    @Test
    void readsByOtherProgramsAreShownAndVerified() throws IOException {
        WarehouseFolder warehouse = new WarehouseFolder(folder.resolve("warehouse"));
        try (LookLog log = new LookLog(warehouse, "fpw query", USER, CLOCK)) {
            log.read(SECOND.value(), List.of("core.event", "core.spell"), "asked by\u001B the auditor");
            log.shown(1234);
        }
        LookLog killed = new LookLog(warehouse, "fpw shell", USER, CLOCK);
        killed.read(FIRST.value(), List.of("mart.case_silence"), "morning review");
        assertThat(items("--measure", "left_count")).isZero();

        assertThat(run("looks")).isZero();
        assertThat(text(out).lines())
                .containsExactlyInAnyOrder(
                        look("all, 2015-10: left_count, release 2016-01-13.1: 2 items"),
                        "    asked by the inspector",
                        "2016-01-14 08:00:00 UTC  " + USER
                                + "  fpw query core.event, core.spell, release 2016-01-13.1: " + "1,234 rows",
                        "    asked by\\u001B the auditor",
                        "2016-01-14 08:00:00 UTC  " + USER + "  fpw shell mart.case_silence, release 2016-01-12.1: how "
                                + "many rows is not recorded",
                        "    morning review");
        assertThat(run("looks", "--verify")).isZero();
        assertThat(text(out)).isEqualTo("4 records of 2 sessions: complete and unchanged\n");

        Files.delete(new LookFolder(warehouse).file(2));
        assertThat(run("looks", "--verify")).isEqualTo(10);
        assertThat(text(out)).isEqualTo("""
                session 2: its file was removed before the session had ended; later records may be missing
                4 records of 2 sessions: 1 problem
                """);
        assertThat(text(err)).isEmpty();
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
        assertThat(items("--measure", "left_count")).isNotZero();
        assertThat(text(out)).isEmpty();
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
        assertThat(items("--measure", "received_count", "--changed", "--slice", "device_type=computer"))
                .isEqualTo(2);
        assertThat(text(err))
                .isEqualTo("fpw: received_count of seized is not available in release 2016-01-12.1 for the month of "
                        + "2015-10-01: exits is missing\n");
        assertThat(items("--measure", "waiting_count", "--exit", "examined")).isEqualTo(2);
        assertThat(text(err))
                .isEqualTo(
                        "fpw: --exit is for --measure left_count, but the measure is waiting_count; remove --exit\n");
        assertThat(items("--measure", "left_count", "--changed", "--release", FIRST.value()))
                .isEqualTo(2);
        assertThat(text(err))
                .isEqualTo("fpw: it is not recorded which release 2016-01-12.1 replaced, or it replaced none; remove "
                        + "--changed, or choose another release\n");
        assertThat(run("looks")).isZero();
        assertThat(text(out)).isEqualTo("no look at single items, cases or people is recorded\n");
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
                Counts of past months (totals): release 2016-01-13.1 against 2016-01-12.1, steps: 1
                seized
                  2015-10 left_count                                 2 ->         3  corrected +1
                Note: sent is not available in release 2016-01-12.1, so it is not compared
                """);
        assertThat(diff("--slice", "device_type")).isZero();
        assertThat(text(out))
                .contains("\nseized, ph\\u001B[31mone!!!")
                .contains("!!!…\n")
                .contains(" left_count                                 1 -> not available  coverage\n")
                .doesNotContain("\u001B");
    }

    @Test
    void programsGetDifferencesWithTheirCausesAndWhyAValueIsUnknown() {
        assertThat(diff("--format", "json")).isZero();
        JsonNode totals = CommandOutput.of("diff", text(out));
        assertThat(totals.get("from_release_id").asText()).isEqualTo(FIRST.value());
        assertThat(totals.get("figures").toString()).isEqualTo("""
                        [{"queue":"seized","slice":"all","slice_value":"all","measure":"left_count",\
                        "exit_reason":"all","period_start_on":"2015-10-01","from_value":2,"to_value":3,\
                        "unavailable_reason":null,"parts":[{"cause":"corrected","part":1}]}]""");
        assertThat(totals.get("notes").toString())
                .isEqualTo("[\"sent is not available in release 2016-01-12.1, so it is not compared\"]");

        assertThat(diff("--slice", "device_type", "--format", "json")).isZero();
        JsonNode unknown = CommandOutput.of("diff", text(out)).get("figures").get(0);
        assertThat(unknown.get("to_value").isNull()).isTrue();
        assertThat(unknown.get("unavailable_reason").asText()).isEqualTo("it is not available in release 2016-01-13.1");
        assertThat(text(out)).doesNotContain("\u001B");
    }

    @Test
    void diffSaysThatAReleaseWasWithdrawn() {
        withdrawFirst();
        assertThat(diff("--queue", "seized", "--format", "csv")).isZero();
        assertThat(text(err)).isEqualTo(WITHDRAWN);
        assertThat(diff("--slice", "device_type", "--format", "csv")).isZero();
        assertThat(text(out))
                .contains("seized,device_type,ph\\u001B[31mone" + "!".repeat(300) + ",left_count,all,2015-10-01,1,,")
                .doesNotContain("\u001B");
    }

    @Test
    void itemsOfAWithdrawnReleaseAreSaidToBeThat() {
        withdrawFirst();
        assertThat(items("--measure", "left_count", "--changed")).isZero();
        assertThat(text(err)).isEqualTo(WITHDRAWN);
        assertThat(items("--measure", "waiting_count", "--slice", "device_type=phone", "--release", FIRST.value()))
                .isZero();
        assertThat(text(err)).startsWith(WITHDRAWN);
        assertThat(items("--measure", "left_count")).isZero();
        assertThat(text(err)).isEmpty();
    }

    @Test
    void wholeReasonIsShown() {
        String reason = "because " + "of this ".repeat(100) + "\u001B[31m";
        assertThat(run(
                        "items",
                        "--queue",
                        "seized",
                        "--month",
                        "2015-10",
                        "--measure",
                        "left_count",
                        "--reason",
                        reason))
                .isZero();
        assertThat(run("looks")).isZero();
        assertThat(text(out)).contains("    because " + "of this ".repeat(100) + "\\u001B[31m\n");
    }

    @Test
    void damagedFileIsAnErrorThatNamesTheTable() throws IOException {
        try (Stream<Path> files = Files.walk(folder.resolve("warehouse"))) {
            List<Path> months = files.filter(file -> file.endsWith(SECOND + "-queue_monthly.parquet"))
                    .toList();
            assertThat(months).hasSize(1);
            Path aside = Files.move(months.get(0), folder.resolve("queue_monthly.parquet"));
            assertThat(items("--measure", "left_count")).isEqualTo(4);
            Files.move(aside, months.get(0));
        }
        assertThat(text(err)).startsWith("fpw: mart.queue_monthly of release 2016-01-13.1 cannot be read: ");
        assertThat(text(out)).isEmpty();
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

    private void withdrawFirst() {
        update("update ops.release set withdrawn_at = timestamp with time zone '2016-01-14 07:00:00Z', withdrawn_by = "
                + "'sam', withdrawn_reason = 'wrong file' where release_id = '2016-01-12.1'");
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
        return FpwHere.run(FpwHere.context(Map.of("FPW_FORCE", folder.toString()), folder, CLOCK, out, err), arguments);
    }

    private static String text(ByteArrayOutputStream stream) {
        return stream.toString(StandardCharsets.UTF_8);
    }
}
