package uk.fpw.warehouse.store.look;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.fpw.layout.WarehouseFolder;
import uk.fpw.layout.look.LookFolder;
import uk.fpw.layout.look.LookLog;
import uk.fpw.warehouse.failure.FpwException;
import uk.fpw.warehouse.store.ledger.Erasures;
import uk.fpw.warehouse.store.ledger.LookLedger;
import uk.fpw.warehouse.testing.TestDatabase;

/** Imported records of reads: nothing is lost, and what was removed, changed or doubled is found. */
class LookImportIT {

    private static final Instant NOW = Instant.parse("2016-01-14T08:00:00.123Z");

    @TempDir
    private Path folder;

    private TestDatabase database;

    /** An embedded database is opened and closed with its first and last connection, which takes most of the time. */
    private Connection open;

    private LookFolder looks;
    private Instant now = NOW;

    @BeforeEach
    void create() throws Exception {
        database = TestDatabase.embedded(folder);
        open = database.open();
        database.baseline();
        database.migrate("V0058__create_look_record");
        looks = new LookFolder(warehouse());
    }

    @AfterEach
    void close() throws SQLException {
        open.close();
    }

    @Test
    void finishedAndGrowingFilesAreImportedOnce() throws IOException {
        session(2, true);
        LookLog growing = new LookLog(warehouse(), "fpw shell", owner(), clock());
        growing.read("2016-01-12.1", List.of("core.spell"), "a second session");

        assertThat(importAll()).isEqualTo(6);
        assertThat(importAll()).isZero();
        growing.shown(7);
        growing.close();
        assertThat(importAll()).isEqualTo(2);

        assertThat(new LookLedger(database.dataSource()).latest(2))
                .extracting(
                        read -> read.record().session() + " " + read.record().command() + " "
                                + read.record().reason() + " " + read.record().tables() + " " + read.rows())
                .containsExactly(
                        "2 fpw shell a second session [core.spell] 7",
                        "1 fpw query asked by the inspector [core.event, core.spell] 2");
        assertThat(problems()).isEmpty();
        assertThat(looks.imported()).isEqualTo(2);
    }

    @Test
    void severalProcessesMayImportAtTheSameTime() throws Exception {
        for (int i = 0; i < 10; i++) {
            session(2, true);
        }
        ExecutorService threads = Executors.newFixedThreadPool(3);
        try {
            int imported = 0;
            Callable<Integer> process = this::importAll;
            for (Future<Integer> one : threads.invokeAll(Collections.nCopies(3, process))) {
                imported += one.get();
            }
            assertThat(imported).isEqualTo(50);
        } finally {
            threads.shutdownNow();
        }
        assertThat(problems()).isEmpty();
        assertThat(new LookLedger(database.dataSource()).all()).hasSize(50);
    }

    @Test
    void firstImportMakesTheFolder() throws IOException {
        assertThat(importAll()).isZero();
        assertThat(warehouse().looks()).isDirectory();
        assertThat(problems()).isEmpty();
    }

    @Test
    void recordThatWasChangedBeforeItWasImportedIsFound() throws IOException {
        session(2, true);
        rewrite(1, lines -> lines.set(1, lines.get(1).replace("\"rows\":1", "\"rows\":0")));
        importAll();
        assertThat(problems()).containsExactly("session 1, record 2: it was changed");
    }

    @Test
    void recordThatWasRemovedBeforeItWasImportedIsFound() throws IOException {
        session(2, true);
        rewrite(1, lines -> lines.remove(1));
        importAll();
        assertThat(problems())
                .containsExactly(
                        "session 1, record 2: it was written as record 3 of session 1; records were removed, added or "
                                + "doubled before it",
                        "session 1, record 3: it was written as record 4 of session 1; records were removed, added or "
                                + "doubled before it",
                        "session 1, record 4: it was written as record 5 of session 1; records were removed, added or "
                                + "doubled before it");
    }

    @Test
    void recordThatWasDoubledOrAddedIsFound() throws IOException {
        session(1, true);
        rewrite(1, lines -> lines.add(2, lines.get(1)));
        importAll();
        assertThat(problems())
                .containsExactly(
                        "session 1, record 3: it was written as record 2 of session 1; records were removed, added or "
                                + "doubled before it",
                        "session 1, record 4: it was written as record 3 of session 1; records were removed, added or "
                                + "doubled before it");
    }

    @Test
    void wholeSessionThatIsMissingIsFound() throws IOException {
        for (int i = 0; i < 5; i++) {
            session(1, true);
        }
        Files.delete(looks.file(2));
        Files.delete(looks.file(4));
        importAll();
        assertThat(problems()).containsExactly("session 2 is missing", "session 4 is missing");
        for (int i = 0; i < 5; i++) {
            session(1, true);
        }
        for (long session = 7; session <= 9; session++) {
            Files.delete(looks.file(session));
        }
        importAll();
        assertThat(problems())
                .containsExactly("session 2 is missing", "session 4 is missing", "sessions 7 to 9 are missing");
    }

    /** What the guide says cannot be shown: the end of a session that nothing follows yet. */
    @Test
    void tailThatWasCutBeforeItWasImportedIsNotFound() throws IOException {
        session(2, false);
        rewrite(1, lines -> lines.subList(2, lines.size()).clear());
        session(1, true);
        Files.delete(looks.file(2));
        importAll();
        assertThat(problems()).isEmpty();
    }

    @Test
    void importedRecordsStayAndTheirFileIsComparedWithThem() throws IOException {
        session(2, true);
        importAll();
        byte[] whole = Files.readAllBytes(looks.file(1));
        rewrite(1, lines -> lines.set(2, lines.get(2).replace("core.spell", "core.event")));
        importAll();
        assertThat(problems()).containsExactly("session 1: its file was changed in record 3 after it was imported");
        Files.write(looks.file(1), whole);
        rewrite(1, lines -> lines.subList(3, lines.size()).clear());
        importAll();
        assertThat(problems()).containsExactly("session 1: its file was cut: it has 3 of 5 records that were imported");
        Files.delete(looks.file(1));
        importAll();
        assertThat(problems()).isEmpty(); // the whole session is in the database
        assertThat(new LookLedger(database.dataSource()).all()).hasSize(5);
    }

    @Test
    void fileThatIsRemovedBeforeItsSessionHasEndedIsFound() throws IOException {
        session(1, false);
        importAll();
        Files.delete(looks.file(1));
        importAll();
        assertThat(problems())
                .containsExactly("session 1: its file was removed before the session had ended; later records may be "
                        + "missing");
    }

    /** As after the folder was restored from a backup, or whoever owned a file put another one in its place. */
    @Test
    void numberThatIsUsedAgainLosesNoRecord() throws IOException {
        session(1, true);
        importAll();
        Files.delete(looks.file(1));
        Files.delete(warehouse().importedLooks());
        now = NOW.plusSeconds(60);
        session(2, true);
        importAll();
        importAll();
        assertThat(problems())
                .containsExactly("session 1 is there 2 times: its number was used again, or its file was replaced");
        assertThat(new LookLedger(database.dataSource()).all()).hasSize(3 + 5);
        session(1, true);
        assertThat(looks.files()).contains(looks.file(2));
    }

    @Test
    void rowThatWasDeletedFromTheDatabaseIsFound() throws Exception {
        session(2, true);
        session(1, true);
        importAll();
        database.execute("delete from ops.look_record where session_number = 1 and line_number in (2, 3)");
        assertThat(problems())
                .contains("session 1: records 2 to 3 are missing from the database")
                .contains("session 1, record 4: the record before it is not the one that it followed");
        database.execute("update ops.look_record set reason = 'another' where session_number = 2 and line_number = 1");
        assertThat(problems()).contains("session 2, record 1: it was changed");
    }

    /** An erasure replaces the text of one record; somebody changes another one so that it looks the same. */
    @Test
    void recordThatOnlyLooksErasedIsFound() throws Exception {
        session(3, true);
        importAll();
        database.migrate("V0060__create_erasure", "V0062__create_erased_look", "V0064__list_erasures");
        erase("first", "inspector", 1);
        assertThat(verified()).isEqualTo(new LookVerification.Result(1, 7, 1, List.of()));

        database.execute("update ops.look_record set reason = '(erased)' where line_number = 3");
        assertThat(verified().problems())
                .containsExactly(
                        "session 1, record 3: it was changed",
                        "session 1: its file was changed in record 3 after it was imported");
        database.execute("update ops.look_record set reason = 'asked by the (erased)' where line_number in (3, 5)");
        database.execute("update ops.look_record set reason = 'for (erased)' where line_number = 1");
        assertThat(verified().problems())
                .containsExactly(
                        "session 1, record 1: it was changed",
                        "session 1, record 3: it was changed",
                        "session 1, record 5: it was changed",
                        "session 1: its file was changed in record 1 after it was imported");
    }

    @Test
    void changedRecordThatIsThenErasedIsStillFound() throws Exception {
        session(2, true);
        importAll();
        database.migrate("V0060__create_erasure", "V0062__create_erased_look", "V0064__list_erasures");
        database.execute("update ops.look_record set command = 'fpw shell' where line_number = 3");
        erase("first", "inspector", 1, 3);
        erase("second", "asked", 1, 3);
        assertThat(verified().erased()).isEqualTo(1);
        assertThat(verified().problems())
                .containsExactly(
                        "session 1, record 3: it was changed",
                        "session 1: its file was changed in record 3 after it was imported");
    }

    /** As an erasure does within its transaction. */
    private void erase(String erasure, String text, int... lines) throws SQLException {
        try (Connection connection = database.open()) {
            List<LookLedger.Line> before = LookLedger.naming(connection, written -> written.contains(text));
            assertThat(before).extracting(LookLedger.Line::line).contains(lines(lines));
            for (int line : lines) {
                database.execute("update ops.look_record set reason = replace(reason, '" + text
                        + "', '(erased)') where line_number = " + line);
            }
            Erasures.record(
                    connection,
                    erasure,
                    new Erasures.Cause(Erasures.Kind.PERSON, null, "ground", "letter", "sam", NOW),
                    NOW,
                    new Erasures.Counts(0, 0, 0, 0),
                    Map.of(),
                    false);
            LookLedger.recordErased(connection, erasure, before);
        }
    }

    private static Integer[] lines(int... lines) {
        return Arrays.stream(lines).boxed().toArray(Integer[]::new);
    }

    @Test
    void whatIsNoRecordIsKeptAndFound() throws IOException {
        looks.create();
        Files.writeString(looks.file(1), "nonsense\0\n" + "x".repeat(5000) + "\n{\"session\":");
        Files.createSymbolicLink(looks.file(2), folder.resolve("elsewhere"));
        Files.createFile(looks.file(3));
        for (long session : List.of(1L, 3L)) {
            Files.setLastModifiedTime(looks.file(session), FileTime.from(NOW.minus(Duration.ofHours(2))));
        }
        importAll();
        assertThat(problems())
                .containsExactly(
                        "session 1, record 1: it is not readable",
                        "session 1, record 2: it is not readable",
                        "session 1: its file ends within a record",
                        "session 2: its file cannot be read: " + looks.file(2) + " is not a regular file",
                        "session 3: its file has no record");
        assertThat(new LookLedger(database.dataSource()).all())
                .extracting(LookLedger.Line::text)
                .containsExactly("nonsense?", "x".repeat(3999) + "…");
    }

    @Test
    void recordInTheNameOfAnotherAccountIsFound() throws IOException {
        LookLog log = new LookLog(warehouse(), "fpw query", "somebody.else", clock());
        log.read("2016-01-12.1", List.of("core.spell"), "a test");
        importAll();
        assertThat(problems())
                .containsExactly("session 1, record 1: it names somebody.else, but the file belongs to " + owner());
    }

    @Test
    void oldFilesGoAfterTheyWereImportedAsTheyAre() throws IOException {
        session(1, true);
        session(1, false);
        session(1, true);
        importAll();
        rewrite(3, lines -> lines.set(0, lines.get(0).replace("inspector", "auditor")));
        for (long session = 1; session <= 3; session++) {
            Files.setLastModifiedTime(
                    looks.file(session),
                    FileTime.from(NOW.minus(LookImport.KEPT).minusSeconds(1)));
        }
        importAll();
        assertThat(looks.files()).containsExactly(looks.file(3));
        assertThat(problems())
                .containsExactly(
                        "session 3 is there 2 times: its number was used again, or its file was " + "replaced",
                        "session 3, record 1: it was changed");
        session(1, true);
        assertThat(looks.files()).containsExactly(looks.file(3), looks.file(4));
    }

    @Test
    void folderThatCannotBeReadIsSaid() throws IOException {
        Files.writeString(warehouse().looks(), "in the way");
        assertThatThrownBy(this::importAll)
                .isInstanceOf(FpwException.class)
                .hasMessageStartingWith("the records of reads cannot be imported: ");
    }

    private interface Change {
        void of(List<String> lines);
    }

    private void rewrite(long session, Change change) throws IOException {
        Path file = looks.file(session);
        FileTime modified = Files.getLastModifiedTime(file);
        List<String> lines = new ArrayList<>(Files.readAllLines(file));
        change.of(lines);
        Files.writeString(
                file,
                String.join("", lines.stream().map(line -> line + "\n").toList()),
                StandardCharsets.UTF_8,
                StandardOpenOption.TRUNCATE_EXISTING);
        Files.setLastModifiedTime(file, modified);
    }

    /** A session with a number of reads, of which each shows as many rows as its number. */
    private void session(int reads, boolean isClosed) throws IOException {
        LookLog log = new LookLog(warehouse(), "fpw query", owner(), clock());
        for (int read = 1; read <= reads; read++) {
            log.read("2016-01-12.1", List.of("core.event", "core.spell"), "asked by the inspector");
            log.shown(read);
        }
        if (isClosed) {
            log.close();
        }
    }

    private int importAll() {
        return new LookImport(database.dataSource(), folder, clock()).run();
    }

    private List<String> problems() {
        return verified().problems();
    }

    private LookVerification.Result verified() {
        return new LookVerification(database.dataSource(), folder, clock()).run();
    }

    private WarehouseFolder warehouse() {
        return new WarehouseFolder(folder);
    }

    private Clock clock() {
        return Clock.fixed(now, ZoneOffset.UTC);
    }

    private String owner() throws IOException {
        return Files.getOwner(folder).getName();
    }
}
