package uk.fpw.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.fpw.layout.ReleaseId;
import uk.fpw.model.DuckSql;
import uk.fpw.warehouse.message.BaselineSpells;
import uk.fpw.warehouse.message.ClosureRequest;
import uk.fpw.warehouse.message.ClosureRequest.ClosedQueue;
import uk.fpw.warehouse.message.ClosureRequest.FeedVersions;
import uk.fpw.warehouse.message.MetricsResult.MassClosure;

/** What items have in common that left a queue between 9 and 10 November. */
@Tag("time-zone")
class MassClosuresTest {

    /** Date of the first load of the rows. */
    private static final String BEFORE = "2015-11-01";

    private static final String NOW = "2015-11-10";

    @TempDir
    private Path folder;

    private final List<FeedVersions> feeds = new ArrayList<>();

    /**
     * Forty items closed and twenty withdrawn by the one column that the source set on all of them: no single reason
     * accounts for most of the open items.
     */
    @Test
    void closuresForSeveralReasonsAreTracedToTheColumnThatWasChanged() {
        feed(
                "case_events",
                versions(0, 70, BEFORE, 0, "open", "2016-05-01") + versions(0, 60, NOW, 1000, "open", "2015-11-10"));

        assertThat(closure(closed(0, 40, "closed") + closed(40, 60, "withdrawn") + open(60, 70)))
                .isEqualTo(new MassClosure(NOW, "closed", 40, "case_events.ended_on", NOW, 60));
    }

    /** The rows of ten items were loaded with a changed value two days before the other thirty. */
    @Test
    void whatCountsIsWhatOneLoadedDateHasBrought() {
        feed(
                "cases",
                versions(0, 40, BEFORE, 0, "open", "2016-05-01")
                        + versions(0, 10, "2015-11-08", 1000, "closed", "2015-11-08")
                        + versions(10, 40, NOW, 2000, "closed", "2016-05-01"));

        assertThat(closure(closed(0, 40, "closed")))
                .isEqualTo(new MassClosure(NOW, "closed", 30, "cases.status", NOW, 30));
    }

    @Test
    void rowsOfALogHaveNoVersionBeforeThatAColumnCouldDifferFrom() {
        feed("log", versions(0, 50, NOW, 0, "closed", NOW));

        assertThat(closure(closed(0, 50, "closed"))).isEqualTo(new MassClosure(NOW, "closed", 50, null, null, 0));
    }

    @Test
    void rowsThatTheSourceNoLongerHasChangedNoColumn() {
        feed(
                "cases",
                versions(0, 50, BEFORE, 0, "open", "2016-05-01")
                        + versions(0, 50, NOW, 1000, "", "").replace("upsert", "delete"));

        assertThat(closure("none | 2015-01-01")).isEqualTo(new MassClosure(NOW, "(gone)", 50, null, null, 0));
    }

    @Test
    void rowsOfAWithdrawnLoadDoNotCount() {
        feed(
                "cases",
                versions(0, 50, BEFORE, 0, "open", "2016-05-01")
                        + versions(0, 50, "2015-11-08", 1000, "closed", "2016-05-01")
                        + versions(0, 50, NOW, 2000, "wrong", "2016-05-01").replace("load-" + NOW, "withdrawn"));

        assertThat(closure(closed(0, 50, "closed")))
                .isEqualTo(new MassClosure("2015-11-08", "closed", 50, "cases.status", "2015-11-08", 50));
    }

    @Test
    void itemsAreKnownByTheRowsOfEveryFeedBehindTheQueue() {
        feed("cases", versions(0, 50, BEFORE, 0, "open", "2016-05-01"));
        feed("closures", versions(0, 30, NOW, 0, "closed", NOW));

        assertThat(closure(closed(0, 50, "closed"))).isEqualTo(new MassClosure(NOW, "closed", 30, null, null, 0));
    }

    @Test
    void columnThatNoStoredRowHasWasNeverChanged() {
        String rows =
                versions(0, 50, BEFORE, 0, "open", "2016-05-01") + versions(0, 50, NOW, 1000, "closed", "2016-05-01");
        feeds.add(new FeedVersions(
                "cases",
                "town",
                List.of("status", "new_column"),
                List.of(),
                List.of(new ParquetFiles(folder).write("cases", query(rows)))));

        assertThat(closure(closed(0, 50, "closed")))
                .isEqualTo(new MassClosure(NOW, "closed", 50, "cases.status", NOW, 50));
    }

    @Test
    void feedThatWasNeverLoadedTellsNothing() {
        feeds.add(new FeedVersions("cases", "town", List.of("status"), List.of(), List.of()));

        assertThat(closure(closed(0, 50, "closed"))).isNull();
    }

    @Test
    void itemsOfWhichNoRowTellsAreNoMassClosure() {
        feed("cases", versions(60, 70, NOW, 0, "open", "2016-05-01"));

        assertThat(closure(closed(0, 50, "closed") + open(50, 70))).isNull();
    }

    private @Nullable MassClosure closure(String candidate) {
        ParquetFiles files = new ParquetFiles(folder);
        return MassClosures.of(
                        new ClosureRequest(
                                "Europe/London",
                                Map.of(
                                        "queue_definition",
                                        "[{\"queue\": \"unresolved\", \"provisional_days\": 0, \"data_as_at\": "
                                                + "\"2015-11-10\"}]"),
                                List.of(files.write("candidate", SpellRows.of("unresolved", candidate))),
                                new BaselineSpells(
                                        ReleaseId.of("2015-11-09.1"),
                                        Map.of("unresolved", "2015-11-09"),
                                        List.of(files.write("released", SpellRows.of("unresolved", open(0, 70))))),
                                List.of(new ClosedQueue("unresolved", feeds)),
                                folder.resolve("scratch").toString(),
                                folder.resolve("closures.json").toString()),
                        null)
                .closures()
                .get("unresolved");
    }

    private void feed(String name, String rows) {
        feeds.add(new FeedVersions(
                name,
                "town",
                List.of("status", "ended_on"),
                List.of("withdrawn", "withdrawn-before"),
                List.of(new ParquetFiles(folder).write(name, query(rows)))));
    }

    private static String open(int from, int to) {
        return lines(from, to, "C%02d | 2015-10-01");
    }

    private static String closed(int from, int to, String as) {
        return lines(from, to, "C%02d | 2015-10-01 | 2015-11-10 | " + as);
    }

    /** A version of each row, as {@code key | known on | order | op | load | status | ended on}. */
    private static String versions(int from, int to, String knownOn, int firstOrder, String status, String endedOn) {
        return IntStream.range(from, to)
                .mapToObj(number -> "C%02d | %s | %d | upsert | load-%s | %s | %s%n"
                        .formatted(number, knownOn, firstOrder + number, knownOn, status, endedOn))
                .collect(Collectors.joining());
    }

    private static String lines(int from, int to, String line) {
        return IntStream.range(from, to)
                .mapToObj(number -> line.formatted(number) + "\n")
                .collect(Collectors.joining());
    }

    private static String query(String rows) {
        return rows.lines()
                .map(line -> Arrays.stream(line.split("\\|"))
                        .map(field -> DuckSql.text(field.strip()))
                        .collect(Collectors.joining(", ", "(", ")")))
                .collect(Collectors.joining(
                        ", ",
                        "select key as _key, key as _item, cast(known_on as date) as _known_on, cast(seq as "
                                + "bigint) as _seq, op as _op, load as _load_id, status, try_cast(ended_on "
                                + "as date) as ended_on from (values ",
                        ") as versions (key, known_on, seq, op, load, status, ended_on)"));
    }
}
