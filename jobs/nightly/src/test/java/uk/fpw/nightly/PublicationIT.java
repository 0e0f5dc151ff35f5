package uk.fpw.nightly;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
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
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.JdbcTemplate;
import uk.fpw.layout.ReleaseId;
import uk.fpw.nightly.cli.option.ProcessOwner;
import uk.fpw.nightly.run.MigratedWarehouse;
import uk.fpw.nightly.run.database.WarehouseDatabase;
import uk.fpw.warehouse.force.Force;
import uk.fpw.warehouse.store.catalog.WarehouseCatalog;

/** What leaves the force, from releases whose counts are written by hand. */
class PublicationIT {

    private static final ReleaseId FIRST = ReleaseId.of("2016-04-08.1");
    private static final ReleaseId SECOND = ReleaseId.of("2016-05-20.1");
    private static final ReleaseId OLD = ReleaseId.of("2016-05-21.1");
    private static final String REASON = "decision of the board";

    private static final String FIRST_QUEUES = """
            quarter,queue,title,figure,cases_or_people,restated_on
            2015Q4,interview,Interview,received,40,
            2015Q4,seized,Seized,received,120,
            2015Q4,seized,Seized,waiting,85,
            """;

    @TempDir
    private Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private String now = "2016-04-09T08:00:00Z";

    @BeforeEach
    void firstRelease() throws IOException {
        Files.writeString(folder.resolve("force.yml"), """
                force: test_force
                name: Test <force>
                zone: Europe/London
                pages: {made: false}
                storage: {warehouse: warehouse}
                """);
        write("connections.yml", "connections: [{name: drop, kind: files, path: drop}]\n");
        scheme("");
        write("feeds/interviews.yml", """
                feed: interviews
                source: cases
                description: One row per case.
                connection: drop
                file: interviews_{date}.csv
                extract: full
                key: [case_ref]
                item: case_ref
                columns:
                  - {name: case_ref, from: Case, type: text, privacy: pseudonymise}
                  - {name: asked_on, from: Asked, type: date, pattern: dd/MM/yyyy, privacy: not_personal}
                """);
        write("staging/interviews.yml", """
                staging: interviews
                source: cases
                item_kind: case
                feeds: [interviews]
                events: [asked, held]
                """);
        write("staging/interviews.sql", """
                select case_ref as item_key, 'asked' as event, asked_on as occurred_on, 1 as event_order from interviews
                """);
        queue("");
        MigratedWarehouse.in(folder.resolve("warehouse"));
        release(FIRST, null, 0);
    }

    private void scheme(String more) throws IOException {
        write("schemes/audit.yml", """
                scheme: audit
                title: Audits
                description: Audits.
                versions: [{version: 2, valid_from: 2015-04-01, grades: [good, poor]}]
                """ + more);
    }

    private void queue(String more) throws IOException {
        write("queues/interview.yml", """
                queue: interview
                version: 1
                title: Interview
                description: Cases.
                item_kind: case
                item_unit: cases
                enters: [asked]
                leaves: [{event: held, as: held, served: true}]
                """ + more);
    }

    private void release(ReleaseId id, @Nullable ReleaseId replaced, long more) {
        inReleases(tables -> {
            tables.release(id, replaced, tables(id.businessDate(), more));
            return null;
        });
    }

    private void inReleases(Function<ReleasedTables, Void> work) {
        Force.Storage storage = Force.Storage.embedded(folder.resolve("warehouse"));
        try (HikariDataSource dataSource = WarehouseDatabase.open(storage, "");
                WarehouseCatalog catalog = WarehouseCatalog.open(storage, "")) {
            work.apply(new ReleasedTables(folder.resolve("warehouse"), new JdbcTemplate(dataSource), catalog));
        }
    }

    private static Map<String, List<Map<String, Object>>> tables(LocalDate day, long more) {
        List<Map<String, Object>> counts = new ArrayList<>();
        LocalDate fall = LocalDate.of(2015, 10, 1);
        LocalDate winter = LocalDate.of(2016, 1, 1);
        counts.add(count("seized", fall, day, 119 + more, 83));
        counts.add(count("interview", fall, day, 38, 34));
        counts.add(count("stage_of_seized", fall, day, 60, 50));
        counts.add(count("seized", winter, day, 100, 90));
        counts.add(count("interview", winter, day, 36, 37));
        Map<String, Object> began = count("later", winter, day, 300, 300);
        began.put("is_partial", true);
        counts.add(began);
        List<Map<String, Object>> days = new ArrayList<>();
        for (LocalDate one = day.minusDays(13); !one.isAfter(day); one = one.plusDays(1)) {
            days.add(Map.of("queue", "seized", "day", one, "is_total", true, "is_provisional", true));
            days.add(Map.of(
                    "queue",
                    "interview",
                    "day",
                    one,
                    "is_total",
                    true,
                    "is_provisional",
                    one.isAfter(day.minusDays(3))));
        }
        return Map.of(
                "mart.publication_count",
                counts,
                "mart.queue_daily",
                days,
                "mart.dim_queue",
                List.of(
                        queue("seized", "Seized", "whole"),
                        queue("interview", "Interview", "whole"),
                        queue("later", "Later", "whole"),
                        queue("stage_of_seized", "Stage", "stage")),
                "mart.dim_scheme",
                List.of(Map.of("scheme", "audit", "scheme_version", 2, "title", "Audits", "pack", "case_grading 1")),
                "mart.grading_case_share",
                List.of(
                        grade("care", "by A", "good", 1, 150, 240),
                        grade("care", "by A", "poor", 2, 90, 240),
                        // the same cases, or some of them, judged by others
                        grade("care", "by B", "good", 1, 130, 200),
                        grade("care", "by B", "poor", 2, 70, 200),
                        grade("(not recorded)", "by A", "good", 1, 204, 240),
                        grade("(not recorded)", "by A", "poor", 2, 36, 240),
                        grade("records", "by A", "good", 1, 206, 240),
                        grade("records", "by A", "poor", 2, 34, 240)));
    }

    private static Map<String, Object> queue(String queue, String title, String role) {
        return Map.of("queue", queue, "title", title, "queue_role", role);
    }

    /** A queue that is provisional for 14 days, the other for 3. */
    private static Map<String, Object> count(
            String queue, LocalDate startOn, LocalDate day, long received, long waiting) {
        LocalDate endOn = startOn.plusMonths(3).minusDays(1);
        return new HashMap<>(Map.of(
                "queue",
                queue,
                "quarter_start_on",
                startOn,
                "quarter_end_on",
                endOn,
                "received_contributor_count",
                received,
                "waiting_contributor_count",
                waiting,
                "is_partial",
                false,
                "is_provisional",
                endOn.isAfter(day.minusDays(queue.equals("seized") ? 14 : 3)),
                "is_available",
                true,
                "data_as_at",
                day));
    }

    private static Map<String, Object> grade(
            String theme, String assessor, String grade, int rank, long count, long cases) {
        Map<String, Object> row = new HashMap<>();
        row.put("scheme", "audit");
        row.put("scheme_version", 2);
        row.put("selection", "random");
        row.put("population", "closed cases");
        row.put("theme", theme);
        row.put("assessor", assessor);
        row.put("period_kind", "financial year");
        row.put("period_start_on", LocalDate.of(2015, 4, 1));
        row.put("period_end_on", LocalDate.of(2016, 3, 31));
        row.put("grade", grade);
        row.put("grade_rank", rank);
        row.put("case_total_count", cases);
        row.put("contributor_count", count);
        row.put("is_available", true);
        return row;
    }

    @Test
    void folderHoldsRoundedCountsAndNothingThatIsSmallOrNamesAnybody() throws IOException {
        assertThat(publish("2015Q4")).as(text(err)).isZero();
        Path made = folder.resolve("warehouse/publications/2015Q4");
        assertThat(text(out))
                .isEqualTo("warehouse/publications/2015Q4 may leave the force: 3 of 4 figures, without small counts\n");

        Map<String, String> files = files(made);
        assertThat(files).containsOnlyKeys("queues.csv", "figures.xlsx", "index.html", "description.json");
        assertThat(files.get("queues.csv")).isEqualToNormalizingNewlines("\uFEFF" + FIRST_QUEUES);
        assertThat(files.get("index.html"))
                .contains("<h1>Test &lt;force&gt;, 2015Q4</h1>")
                .contains("Approved for publication on 2016-04-09")
                .contains("A count of fewer than 35 is left out");
        assertThat(files.get("description.json"))
                .contains("\"release\" : \"2016-04-08.1\"")
                .contains("\"force_folder_digest\" : \"f\"");
        files.forEach((name, text) -> assertThat(text)
                .as(name)
                .doesNotContain(REASON, ProcessOwner.name() + " ", "stage_of_seized", "OFFICIAL-SENSITIVE"));
    }

    @Test
    void sameQuarterAgainIsTheSameWhateverReleasesSay() throws IOException {
        assertThat(publish("2015Q4")).as(text(err)).isZero();
        release(SECOND, FIRST, 100);
        now = "2016-05-21T08:00:00Z";
        assertThat(publish("2015Q4")).isEqualTo(2);
        assertThat(text(err)).contains("2015Q4 already exists; delete it, or choose another folder with --to");
        assertThat(publish("2015Q4", "--to", "again")).as(text(err)).isZero();
        assertThat(text(out)).isEqualTo("""
                2015Q4 was published on 2016-04-09 from release 2016-04-08.1; these are the same figures.
                again may leave the force: 3 of 4 figures, without small counts
                """);
        Map<String, String> again = files(folder.resolve("again"));
        files(folder.resolve("warehouse/publications/2015Q4")).forEach((name, text) -> {
            assertThat(again.get(name)).as(name).isEqualTo(text);
        });
    }

    @Test
    void schemeThatIsKeptInsideIsNotThere() throws IOException {
        scheme("in_publications: false\n");
        release(SECOND, FIRST, 0);
        assertThat(publish("2016Q1")).as(text(err)).isZero();
        assertThat(files(folder.resolve("warehouse/publications/2016Q1"))).doesNotContainKey("grades.csv");
    }

    @Test
    void queueThatIsKeptInsideIsNotThere() throws IOException {
        queue("in_publications: false\n");
        assertThat(publish("2015Q4")).as(text(err)).isZero();
        assertThat(files(folder.resolve("warehouse/publications/2015Q4")).get("queues.csv"))
                .contains("2015Q4,seized,Seized,received,120,")
                .doesNotContain("interview");
        assertThat(text(out)).contains("2 of 2 figures");
    }

    private void write(String file, String text) throws IOException {
        Files.createDirectories(folder.resolve(file).getParent());
        Files.writeString(folder.resolve(file), text);
    }

    @Test
    void readersLearnThatAReleaseWasWithdrawn() throws IOException {
        assertThat(publish("2015Q4")).as(text(err)).isZero();
        release(SECOND, FIRST, 3);
        inReleases(tables -> {
            tables.withdraw(FIRST, Instant.parse("2016-05-20T09:00:00Z"));
            return null;
        });
        now = "2016-05-21T08:00:00Z";
        String notice = "2015Q4, published on 2016-04-09, is from release 2016-04-08.1, which was withdrawn on "
                + "2016-05-20: these figures must not be used until they are restated";
        assertThat(run("status")).as(text(err)).isZero();
        assertThat(text(out)).contains("Published figures to restate (fpw publication --restate)\n  " + notice + "\n");
        assertThat(publish("2016Q1")).as(text(err)).isZero();
        assertThat(text(err)).isEqualTo("fpw: " + notice + " (--restate)\n");
        files(folder.resolve("warehouse/publications/2016Q1")).forEach((name, text) -> {
            if (name.equals("index.html") || name.equals("description.json")) {
                assertThat(text).as(name).contains(notice);
            }
        });
        assertThat(run("publication", "--restate", "--reason", REASON))
                .as(text(err))
                .isZero();
        assertThat(text(err)).isEmpty();
        assertThat(run("status")).isZero();
        assertThat(text(out)).doesNotContain("Published figures");
    }

    @Test
    void onlySettledQuartersArePublished() {
        assertThat(publish("2016Q1")).isEqualTo(2);
        assertThat(text(err))
                .isEqualTo("fpw: 2016Q1 is not settled in release 2016-04-08.1 and cannot be published: seized can be "
                        + "published from 2016-04-14 on, since late records may still change it\n");
        assertThat(publish("2016Q3")).isEqualTo(2); // no queue has it
        assertThat(text(err)).contains("it has not begun");
        assertThat(publish("2014Q1")).isEqualTo(2);
        assertThat(text(err)).contains("has no queue with figures of all of 2014Q1; choose another quarter");
        assertThat(publish("2015-Q5")).isEqualTo(2);
        assertThat(text(err)).contains("'2015-Q5' is not a quarter; use a form like 2015Q3");
        assertThat(run("publication", "--reason", REASON)).isEqualTo(2);
        assertThat(text(err)).contains("specify either --quarter, such as --quarter 2015Q3, or --restate");
    }

    @Test
    void everythingIsRestatedTogetherOnceAYear() throws IOException {
        assertThat(run("publication", "--restate", "--reason", REASON)).isEqualTo(2);
        assertThat(text(err)).contains("nothing has been published yet");
        assertThat(publish("2015Q4")).as(text(err)).isZero();
        release(SECOND, FIRST, 3);
        now = "2016-05-21T08:00:00Z";
        assertThat(publish("2016Q1")).as(text(err)).isZero();
        assertThat(files(folder.resolve("warehouse/publications/2016Q1")).get("grades.csv"))
                .isEqualToNormalizingNewlines("""
                        \uFEFFfinancial_year,scheme,title,scheme_version,theme,population,selection,grade,\
                        cases_or_people,restated_on
                        2015/16,audit,Audits (graded by the pack case_grading 1),2,,closed cases,random,good,205,
                        2015/16,audit,Audits (graded by the pack case_grading 1),2,,closed cases,random,poor,35,
                        2015/16,audit,Audits (graded by the pack case_grading 1): \
                        care,2,care,closed cases,random,good,150,
                        2015/16,audit,Audits (graded by the pack case_grading 1): \
                        care,2,care,closed cases,random,poor,90,
                        """);

        assertThat(run("publication", "--restate", "--reason", REASON))
                .as(text(err))
                .isZero();
        Map<String, String> restated = files(folder.resolve("warehouse/publications/restated-2016"));
        assertThat(restated.get("queues.csv")).isEqualToNormalizingNewlines("""
                \uFEFFquarter,queue,title,figure,cases_or_people,restated_on
                2015Q4,interview,Interview,received,40,2016-05-21
                2015Q4,seized,Seized,received,120,2016-05-21
                2015Q4,seized,Seized,waiting,85,2016-05-21
                2016Q1,interview,Interview,received,35,2016-05-21
                2016Q1,interview,Interview,waiting,35,2016-05-21
                2016Q1,seized,Seized,received,100,2016-05-21
                2016Q1,seized,Seized,waiting,90,2016-05-21
                """);
        assertThat(restated.get("index.html"))
                .contains("2015Q4: restated on 2016-05-21; these figures replace those published before");
        assertThat(run("publication", "--restate", "--reason", REASON)).isEqualTo(2);
        assertThat(text(err))
                .contains("were already restated on 2016-05-21, and they are restated once a year at most; the next "
                        + "time is from 2017-01-01 on");
        assertThat(publish("2015Q4")).as(text(err)).isZero();
        assertThat(text(out)).contains("warehouse/publications/2015Q4-restated-2016 may leave the force");
    }

    @Test
    void releaseOfAnEarlierVersionNeedsANight() {
        inReleases(tables -> {
            tables.release(OLD, FIRST, Map.of());
            return null;
        });
        assertThat(publish("2015Q4")).isEqualTo(2);
        assertThat(text(err)).contains("was made by an earlier version").contains("run a night first: fpw nightly");
    }

    private int publish(String quarter, String... options) {
        return run(Stream.concat(Stream.of("publication", "--quarter", quarter, "--reason", REASON), Stream.of(options))
                .toArray(String[]::new));
    }

    private int run(String... arguments) {
        out.reset();
        err.reset();
        Clock clock = Clock.fixed(Instant.parse(now), ZoneOffset.UTC);
        return FpwHere.run(FpwHere.context(Map.of("FPW_FORCE", folder.toString()), folder, clock, out, err), arguments);
    }

    private static Map<String, String> files(Path made) throws IOException {
        Map<String, String> files = new TreeMap<>();
        try (Stream<Path> found = Files.list(made)) {
            found.forEach(file -> {
                try {
                    files.put(
                            file.getFileName().toString(),
                            new String(Files.readAllBytes(file), StandardCharsets.UTF_8));
                } catch (IOException failed) {
                    throw new UncheckedIOException(failed);
                }
            });
        }
        return files;
    }

    private static String text(ByteArrayOutputStream stream) {
        return stream.toString(StandardCharsets.UTF_8);
    }
}
