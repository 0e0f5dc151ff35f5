package uk.fpw.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import uk.fpw.layout.FeedHistoryFile;
import uk.fpw.layout.ReleaseFile;
import uk.fpw.layout.ReleaseId;
import uk.fpw.layout.WarehouseFolder;
import uk.fpw.layout.look.LookFile;
import uk.fpw.layout.look.LookFolder;
import uk.fpw.layout.look.LookRecord;
import uk.fpw.query.shell.ShellMain;

/** {@code history.<feed>} in {@code fpw query} and {@code fpw shell}, over files as loads leave them. */
class FeedHistoryIT extends BostonWarehouse {

    private static final String[] REASON = {"--format", "csv", "--reason", "what changed"};
    private static final String ALL = "from history.devices order by row_key, load_id";

    @BeforeAll
    static void writeTheVersions() throws IOException, SQLException {
        try (Connection duck = DriverManager.getConnection("jdbc:duckdb:")) {
            // before the column priority was added
            load(duck, "l1", "2016-01-10", "'k1' as _key, 1 as _seq, 'upsert' as _op, 'desk' as change");
            load(duck, "l1b", "2016-01-10", "'k2' as _key, 2 as _seq, 'upsert' as _op, 'phone' as change");
            load(duck, "l2", "2016-01-11", row("k1", 3, "upsert", "'desk'", "'high'"));
            load(duck, "l2b", "2016-01-11", row("k2", 4, "delete", "null", "null"));
            load(duck, "l3", "2016-01-11", row("k3", 5, "upsert", "'withdrawn'", "null"));
            load(duck, "l4", "2016-01-12", row("k2", 6, "upsert", "'phone'", "'low'"));
            load(duck, "l5", "2016-01-13", row("k1", 7, "upsert", "'after the release'", "null"));
        }
    }

    private static String row(String key, int sequence, String op, String change, String priority) {
        return "'%s' as _key, %d as _seq, '%s' as _op, cast(%s as varchar) as change, cast(%s as varchar) as priority"
                .formatted(key, sequence, op, change, priority);
    }

    private static void load(Connection duck, String loadId, String knownOn, String columns) throws SQLException {
        copy(
                duck,
                "select " + columns + ", '" + loadId + "' as _load_id, date '" + knownOn + "' as _known_on",
                warehouse.resolve("data/" + loadId + ".parquet"));
    }

    @BeforeEach
    void listTheFiles() throws IOException {
        write("l1", "l1b", "l2", "l2b", "l3", "l4", "l5");
    }

    private static void write(String... loads) throws IOException {
        Files.write(
                new WarehouseFolder(warehouse).feedHistory(),
                new FeedHistoryFile(
                                ReleaseId.of("2016-01-12.1"),
                                List.of(
                                        new FeedHistoryFile.Feed(
                                                "devices",
                                                List.of(
                                                        new ReleaseFile.Column("change", "text", "Kind of device."),
                                                        new ReleaseFile.Column("priority", "text", "Priority."),
                                                        new ReleaseFile.Column("cost", "decimal", "Not loaded yet.")),
                                                List.of("l3"),
                                                List.of(loads).stream()
                                                        .map(load -> "data/" + load + ".parquet")
                                                        .toList()),
                                        new FeedHistoryFile.Feed("staff", List.of(), List.of(), List.of())))
                        .toJson());
    }

    @Test
    void everyVersionHasItsRangeAndItsKindOfChange() {
        assertThat(query(REASON, ALL)).as(err.toString()).isZero();
        assertThat(out.toString()).isEqualToNormalizingNewlines("""
                change_,priority,cost,row_key,known_on,valid_from,valid_to,change,load_id
                desk,,,k1,2016-01-10,2016-01-10,2016-01-11,new,l1
                desk,high,,k1,2016-01-11,2016-01-11,,changed,l2
                phone,,,k2,2016-01-10,2016-01-10,2016-01-11,new,l1b
                phone,,,k2,2016-01-11,2016-01-11,2016-01-12,deleted,l2b
                phone,low,,k2,2016-01-12,2016-01-12,,new,l4
                """);
    }

    @Test
    void knownOnShowsTheRowsThatWereHeldOnThatDay() {
        assertThat(query(REASON, "--known-on", "2016-01-11", ALL))
                .as(err.toString())
                .isZero();
        assertThat(out.toString()).isEqualToNormalizingNewlines("""
                change_,priority,cost,row_key,known_on,valid_from,valid_to,change,load_id
                desk,high,,k1,2016-01-11,2016-01-11,,changed,l2
                """);
    }

    @Test
    void earlierReleaseHasTheVersionsOfItsTime() {
        assertThat(query(
                        REASON,
                        "--release",
                        "2016-01-11.1",
                        "select load_id, valid_to from HISTORY.\"devices\" where row_key = 'k2' order by 1"))
                .as(err.toString())
                .isZero();
        assertThat(out.toString()).isEqualToNormalizingNewlines("""
                load_id,valid_to
                l1b,2016-01-11
                l2b,
                """);
    }

    @Test
    void readIsRefusedWithoutAReasonAndRecorded() throws IOException {
        assertThat(query(ALL)).isEqualTo(2);
        assertThat(err.toString())
                .isEqualTo("fpw query: history.devices has rows of single cases or people, and each read of them is "
                        + "on record: say why with --reason TEXT\n");
        assertThat(query(REASON, "select count(*) as n from history.devices, core.spell, history.staff"))
                .isZero();
        List<Path> sessions = new LookFolder(new WarehouseFolder(warehouse)).files();
        LookRecord read = Objects.requireNonNull(
                LookFile.read(sessions.get(sessions.size() - 1)).lines().get(0).record());
        assertThat(read.tables()).containsExactly("core.spell", "history.devices", "history.staff");
    }

    @Test
    void unknownFeedIsAnErrorThatListsTheFeeds() {
        assertThat(query(REASON, "from history.device")).isEqualTo(2);
        assertThat(err.toString())
                .isEqualTo("fpw query: there is no history.device, since the force has no feed 'device'; feeds: "
                        + "devices, staff\n");
    }

    @Test
    void otherErrorsAreThoseOfTheQuery() {
        assertThat(query(REASON, "select colour from history.devices")).isEqualTo(2);
        assertThat(err.toString()).contains("colour").doesNotContain("feeds:");
    }

    @Test
    void dayAfterTheReleaseAndAQueryWithoutHistoryAreRefused() {
        assertThat(query(REASON, "--known-on", "2016-01-13", ALL)).isEqualTo(2);
        assertThat(query(REASON, "--known-on", "2016-01-11", "from mart.queue_daily"))
                .isEqualTo(2);
        assertThat(err.toString()).isEqualTo("""
                fpw query: --known-on 2016-01-13 is after 2016-01-12, the business date of release 2016-01-12.1; give \
                that day or an earlier one
                fpw query: --known-on is for history.<feed>, and the query names none; leave it out, or choose the \
                release of that day with --release
                """);
    }

    @Test
    void replacedFilesAreNotTakenForDamage() throws IOException {
        write("l1", "replaced");
        assertThat(query(REASON, ALL)).isEqualTo(4);
        assertThat(err.toString())
                .isEqualTo("fpw query: history.devices cannot be read: since the latest release its files were "
                        + "replaced, as when rows are erased or restricted, or they are only in an object store; the "
                        + "next release of `fpw nightly` lists them again\n");
    }

    @Test
    void warehouseOfAnEarlierVersionHasNoHistoryYet() throws IOException {
        Path file = new WarehouseFolder(warehouse).feedHistory();
        Files.delete(file);
        assertThat(query(REASON, ALL)).isEqualTo(4);
        assertThat(err.toString())
                .isEqualTo("fpw query: the history of the feeds is not there: " + file
                        + " is missing; the next release of `fpw nightly` writes it\n");
        // an alias of that name is not the history
        assertThat(query("select history.day from mart.queue_daily as history")).isZero();
    }

    @Test
    void columnsAreDescribedWithoutAReason() {
        assertThat(query("--describe", "history.devices", "--format", "csv")).isZero();
        assertThat(out.toString())
                .contains("change_,text,\"\",\"\",\"\",Kind of device.")
                .contains("load_id,text,\"\",\"\",\"\",The load that brought the version.");
        assertThat(out.toString().lines()).hasSize(10);
    }

    @Test
    void shellReadsTheSame() {
        int code = ShellMain.run(
                new String[] {
                    "--warehouse",
                    warehouse.toString(),
                    "--format",
                    "csv",
                    "--known-on",
                    "2016-01-10",
                    "--reason",
                    "what changed"
                },
                Map.of(),
                folder,
                new ByteArrayInputStream(
                        "select row_key, change from history.devices order by all;".getBytes(StandardCharsets.UTF_8)),
                new PrintWriter(out),
                new PrintWriter(err));
        assertThat(code).as(err.toString()).isZero();
        assertThat(out.toString()).isEqualToNormalizingNewlines("""
                row_key,change
                k1,new
                k2,new
                """);
    }
}
