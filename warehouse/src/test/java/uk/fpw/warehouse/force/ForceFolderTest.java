package uk.fpw.warehouse.force;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.fpw.warehouse.force.connection.SourceConnection;
import uk.fpw.warehouse.force.feed.ClosedLists;
import uk.fpw.warehouse.force.feed.Delivery;
import uk.fpw.warehouse.force.feed.Feed;
import uk.fpw.warehouse.force.feed.FeedLimits;
import uk.fpw.warehouse.force.feed.FileFormats;
import uk.fpw.warehouse.force.feed.Origin;
import uk.fpw.warehouse.force.queue.Queue;
import uk.fpw.warehouse.force.yaml.ConfigError;
import uk.fpw.warehouse.force.yaml.ForceFolderException;

@Tag("time-zone")
class ForceFolderTest {

    private static final Set<LocalDate> BOXING_DAY = Set.of(LocalDate.of(2016, 12, 26));

    @TempDir
    private Path temp;

    private TinyFolder folder;

    @BeforeEach
    void write() {
        folder = new TinyFolder(temp.resolve("tiny"));
    }

    @Test
    void correctFolderIsReadWithDefaultsFilledIn() {
        Force force = folder.read();

        assertThat(force.code()).isEqualTo("tiny");
        assertThat(force.zone()).isEqualTo(ZoneId.of("Europe/London"));
        assertThat(force.storage())
                .isEqualTo(new Force.Storage(
                        temp.resolve("warehouse"),
                        "jdbc:h2:file:" + temp.resolve("warehouse/fpw")
                                + ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH;"
                                + "AUTO_SERVER=TRUE;WRITE_DELAY=0",
                        "fpw",
                        ""));
        assertThat(force.connections())
                .isEqualTo(List.of(new SourceConnection.FileDrop("drop", temp.resolve("tiny/drop"))));
        Feed feed = force.feed("devices");
        assertThat(feed.readOn(LocalDate.of(2016, 1, 12))).isEqualTo("devices_2016-01-12.csv");
        assertThat(feed.origin())
                .isEqualTo(new Origin.DroppedFile(
                        "devices_{date}.csv", new Origin.Format("csv", Map.of()), Set.of("Officer")));
        assertThat(feed.limits())
                .isEqualTo(new FeedLimits(
                        new FeedLimits.Rows(1, 0.01, 1, 0.05),
                        new FeedLimits.Changes(0.05, 0.25, 0.1, 0.05, 20, 100),
                        new FeedLimits.ChangesIn28Days(0.1, 0.2, 0.25)));
        assertThat(feed.column("device_id").required()).isTrue();
        assertThat(feed.column("examined_on").required()).isFalse();
        assertThat(force.queues().get(0).reEnters()).isEmpty();
        assertThat(force.queues().get(0).observedFrom()).isNull();
        assertThat(force.queues().get(0).ageBandLimits()).isEqualTo(List.of(30, 90));
        assertThat(force.bankHolidays()).isEmpty();
    }

    /** Headers and listed values are compared exactly, including blanks. */
    @Test
    void textsLoseTheBlanksAroundThemAndHeadersDoNot() {
        folder.edit("feeds/devices.yml", "description: One row per device.", "description: |\n  One row per device.\n");
        folder.edit("feeds/devices.yml", "from: Type", "from: ' Type '");
        folder.edit("feeds/devices.yml", "ignored: [Officer]", "ignored: [' Officer ']");

        Feed feed = folder.read().feed("devices");

        assertThat(feed.description()).isEqualTo("One row per device.");
        assertThat(feed.column("device_type").from()).isEqualTo(" Type ");
        assertThat(((Origin.DroppedFile) feed.origin()).ignored()).containsExactly(" Officer ");
    }

    /** As in the Spark process, whose class path has no connectors. */
    @Test
    void processThatKnowsNoFormatsTakesThemAsTheyAre() {
        folder.edit(
                "feeds/devices.yml", "extract: full", "extract: full\nformat: {kind: sheets, sheet: A, rows: [a, b]}");

        assertThat(FileFormats.find().byKind()).isEmpty();
        assertThat(folder.read().feed("devices").origin())
                .isEqualTo(new Origin.DroppedFile(
                        "devices_{date}.csv",
                        new Origin.Format("sheets", Map.of("sheet", "A", "rows", List.of("a", "b"))),
                        Set.of("Officer")));
    }

    @Test
    void deliveryIsReadWithTheBankHolidaysOfTheForce() {
        assertThat(delivery("{days: daily}")).isEqualTo(weekly(Set.of(DayOfWeek.values())));
        assertThat(delivery("{days: [thursday, monday]}"))
                .isEqualTo(weekly(Set.of(DayOfWeek.MONDAY, DayOfWeek.THURSDAY)));
        assertThat(delivery("{days: weekdays, bank_holidays: false, within_days: 2}"))
                .isEqualTo(new Delivery(
                        Delivery.Frequency.WEEKLY,
                        Set.of(
                                DayOfWeek.MONDAY,
                                DayOfWeek.TUESDAY,
                                DayOfWeek.WEDNESDAY,
                                DayOfWeek.THURSDAY,
                                DayOfWeek.FRIDAY),
                        false,
                        2,
                        BOXING_DAY));
        assertThat(delivery("{days: month_end}"))
                .isEqualTo(new Delivery(Delivery.Frequency.MONTH_END, Set.of(), true, 0, BOXING_DAY));
        assertThat(delivery("{days: irregular}"))
                .isEqualTo(new Delivery(Delivery.Frequency.IRREGULAR, Set.of(), true, 0, BOXING_DAY));
    }

    @Test
    void feedSaysUpToWhichDateItIsDue() {
        LocalDate saturday = LocalDate.of(2016, 1, 16);
        assertThat(folder.read().feed("devices").hasUndeclaredDelivery()).isTrue();
        assertThat(folder.read().feed("devices").dueTo(saturday)).isEqualTo(saturday);
        delivery("{days: weekdays}");
        assertThat(folder.read().feed("devices").hasUndeclaredDelivery()).isFalse();
        assertThat(folder.read().feed("devices").dueTo(saturday)).isEqualTo(saturday.minusDays(1));
        folder.edit("feeds/devices.yml", "delivery: {days: weekdays}\n", "");
        folder.edit("feeds/devices.yml", "devices_{date}.csv", "devices.csv");
        assertThat(folder.read().feed("devices").hasUndeclaredDelivery()).isFalse();
        assertThat(folder.read().feed("devices").dueTo(saturday)).isEqualTo(saturday);
    }

    private static Delivery weekly(Set<DayOfWeek> days) {
        return new Delivery(Delivery.Frequency.WEEKLY, days, true, 0, BOXING_DAY);
    }

    private @Nullable Delivery delivery(String value) {
        folder = new TinyFolder(temp.resolve("tiny"))
                .write("bank_holidays.csv", "date,name\n2016-12-26,Boxing Day\n")
                .edit("feeds/devices.yml", "extract: full", "delivery: " + value + "\nextract: full");
        return folder.read().feed("devices").delivery();
    }

    @Test
    void errorElsewhereDoesNotHideWhereTheWarehouseIs() {
        folder.edit("queues/awaiting_examination.yml", "version: 1", "version: one");

        assertThat(ForceFolder.readIdentity(temp.resolve("tiny")).storage().warehouse())
                .isEqualTo(temp.resolve("warehouse"));
        assertThat(catchThrowableOfType(ForceFolderException.class, folder::read)
                        .errors())
                .hasSize(1);
    }

    @Test
    void identityReportsTheErrorsOfForceYml() {
        folder.edit("force.yml", "Europe/London", "Europe/Londn");
        folder.edit("queues/awaiting_examination.yml", "version: 1", "version: one");

        ForceFolderException wrong =
                catchThrowableOfType(ForceFolderException.class, () -> ForceFolder.readIdentity(temp.resolve("tiny")));
        assertThat(wrong.errors().stream().map(ConfigError::file)).containsExactly("force.yml");
    }

    @Test
    void eventMayBothEnterAndReEnter() {
        folder.edit(
                "queues/awaiting_examination.yml",
                "enters: [received]",
                "enters: [received]\nre_enters: [{event: received, reason: further work}]");

        assertThat(folder.read().queues().get(0).reEnters())
                .isEqualTo(List.of(new Queue.ReEntry("received", "further work")));
    }

    @Test
    void bankHolidaysAreRead() {
        folder.write("bank_holidays.csv", "date,name\n2016-12-26,Boxing Day\n2016-01-01,New Year\n");

        assertThat(folder.read().bankHolidays())
                .isEqualTo(List.of(LocalDate.of(2016, 1, 1), LocalDate.of(2016, 12, 26)));
    }

    @Test
    void databaseOfItsOwnIsReadWithItsUserAndPasswordVariable() {
        folder.write("force.yml", """
                force: tiny
                name: Tiny Police
                zone: Europe/London
                storage:
                  warehouse: /srv/fpw
                  database: jdbc:postgresql://db/fpw
                  user: fpw_night
                  password_variable: FPW_DATABASE_PASSWORD
                """);

        assertThat(folder.read().storage())
                .isEqualTo(new Force.Storage(
                        Path.of("/srv/fpw"), "jdbc:postgresql://db/fpw", "fpw_night", "FPW_DATABASE_PASSWORD"));
    }

    @Test
    void digestChangesWithADefinitionAndNotWithADrop() {
        String before = folder.read().digest();

        folder.write("drop/devices_2016-01-12.csv", "Device\n1\n").write("README.md", "read me");
        assertThat(folder.read().digest()).isEqualTo(before).matches("[0-9a-f]{64}");

        folder.edit("queues/awaiting_examination.yml", "[30, 90]", "[30, 91]");
        assertThat(folder.read().digest()).isNotEqualTo(before);
    }

    @Test
    void folderThatIsNotThereIsSaidToBeMissing() {
        assertThat(errorsOf(temp.resolve("nowhere")))
                .containsExactly(temp.resolve("nowhere")
                        + ": does not exist; specify a force folder: it contains force.yml, "
                        + "connections.yml, feeds/*.yml, staging/*.yml with *.sql, queues/*.yml"
                        + " and, optionally, the other files listed in docs/force-folder.md");
    }

    @Test
    void folderOfSomethingElseIsNotAForceFolder() throws IOException {
        Path other = temp.resolve("other");
        Files.createDirectories(other.resolve("src"));

        assertThat(errorsOf(other))
                .containsExactly(other
                        + ": is not a force folder: it has no force.yml, no connections.yml and no feeds; specify "
                        + "another folder, or create these files:"
                        + " it contains force.yml, connections.yml, feeds/*.yml, staging/*.yml with *.sql,"
                        + " queues/*.yml and, optionally, the other files listed in docs/force-folder.md");
    }

    @Test
    void missingPartsAreNamedWithWhatWasProbablyMeant() throws IOException {
        folder.delete("force.yml").write("force.yaml", "force: tiny");
        Files.move(folder.path().resolve("queues"), folder.path().resolve("queue"));

        assertThat(errors())
                .containsExactly(
                        "force.yaml: does not belong in a force folder; did you mean 'force.yml'?",
                        "force.yml: is missing; add it, as described in docs/force-folder.md",
                        "queue: does not belong in a force folder; did you mean 'queues'?",
                        "queues/: has no .yml file; add at least one, as described in docs/force-folder.md");
    }

    @Test
    void strayFilesAreNamed() {
        folder.write("feeds/notes.txt", "")
                .write("rules/devices.sql", "")
                .write("queues/old.yaml", "")
                .write("feeds/.hidden", "");

        assertThat(errors())
                .containsExactly(
                        "feeds/notes.txt: is not a .yml or .sql file; rename it or move it out of the folder 'feeds'",
                        "queues/old.yaml: is not a .yml file; rename it or move it out of the folder 'queues'",
                        "rules/devices.sql: is not a .yml file; rename it or move it out of the folder 'rules'");
    }

    @Test
    void fileThatIsNotUtf8IsRefused() throws IOException {
        Files.write(folder.path().resolve("queues/awaiting_examination.yml"), new byte[] {'q', (byte) 0xe9, '\n'});

        assertThat(errors())
                .containsExactly("queues/awaiting_examination.yml: is not encoded in UTF-8; save it as UTF-8");
    }

    @Test
    void allErrorsAreReportedAtOnceByFileAndLine() {
        folder.edit("force.yml", "Europe/London", "Europe/Londn")
                .edit("feeds/devices.yml", "item: device_id", "item: device")
                .edit("feeds/devices.yml", "connection: drop", "conection: drop")
                .edit("queues/awaiting_examination.yml", "enters: [received]", "enters: [recieved]")
                .edit("rules/devices.yml", "severity: exclude", "severity: excluded");

        assertThat(errors())
                .containsExactly(
                        "feeds/devices.yml:4: conection: is not a valid field here; did you mean 'connection'?",
                        "feeds/devices.yml:8: item: 'device' is not among the columns; the columns are device_id, "
                                + "device_type, examined_on, received_on",
                        "force.yml:3: zone: 'Europe/Londn' is not a time zone; did you mean 'Europe/London'?",
                        "queues/awaiting_examination.yml:7: enters[0]: no staging query of item kind 'device' "
                                + "declares the event 'recieved'; did you mean 'received'?",
                        "rules/devices.yml:4: rules[0].severity: 'excluded' is not one of exclude, stop, warning; "
                                + "did you mean 'exclude'?");
    }

    @Test
    void errorInAStagingQueryDoesNotMakeErrorsOfWhatRefersToIt() {
        folder.edit("staging/device_events.yml", "events: [received, examined]", "evnts: [received, examined]");

        assertThat(errors())
                .containsExactly(
                        "staging/device_events.yml:5: evnts: is not a valid field here; did you mean 'events'?");
    }

    @Test
    void unreadableFeedDoesNotMakeErrorsOfWhatRefersToIt() {
        folder.edit("feeds/devices.yml", "feed: devices", "feed: 'devices");

        assertThat(errors()).hasSize(1).allMatch(error -> error.startsWith("feeds/devices.yml:"));
    }

    private List<String> errors() {
        return errorsOf(folder.path());
    }

    static List<String> errorsOf(Path folder) {
        ForceFolderException refused = catchThrowableOfType(ForceFolderException.class, () -> ForceFolder.read(folder));
        assertThat(refused).as("errors in " + folder).isNotNull();
        return refused.errors().stream().map(ConfigError::toString).toList();
    }

    @Test
    void codesDatesAndClosedListsAreRead() {
        folder.edit("feeds/devices.yml", "ignored:", """
                        codes: {device_type: {PC: received, PH: [received, examined], NO: ignored, 1: examined}}
                        dates: {received_on: received, examined_on: device_type}
                        ignored:""");
        folder.edit("feeds/devices.yml", "{name: device_type, ", "{name: device_type, values: [PC, PH], ");

        ClosedLists lists = folder.read().feed("devices").lists();

        assertThat(lists)
                .isEqualTo(new ClosedLists(
                        Map.of("device_type", Set.of("PC", "PH")),
                        Map.of(
                                "device_type",
                                Map.of(
                                        "PC", List.of("received"),
                                        "PH", List.of("received", "examined"),
                                        "NO", List.of(),
                                        "1", List.of("examined"))),
                        Map.of("received_on", "received", "examined_on", "device_type")));
        assertThat(lists.eventOf("received_on")).isEqualTo("received");
        assertThat(lists.eventOf("examined_on")).isNull();
        assertThat(lists.dateOfCodes("device_type")).isEqualTo("examined_on");
    }
}
