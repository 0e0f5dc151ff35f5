package uk.fpw.layout.look;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.fpw.layout.WarehouseFolder;
import uk.fpw.layout.look.LookRecord.Kind;

class LookLogTest {

    private static final Clock CLOCK = Clock.fixed(Instant.parse("2016-01-14T08:00:00.123456Z"), ZoneOffset.UTC);

    @TempDir
    private Path folder;

    @Test
    void recordsAreChainedAndOnTheDiskOneByOne() throws IOException {
        LookLog log = log("alice");
        assertThat(new LookFolder(warehouse()).files()).isEmpty();
        log.read("2016-01-12.1", List.of("core.event", "core.spell"), "asked by the inspector");
        assertThat(records(1)).extracting(LookRecord::kind).containsExactly(Kind.READ);
        log.shown(3);
        log.close();

        List<LookRecord> records = records(1);
        assertThat(records).extracting(LookRecord::number).containsExactly(1, 2, 3);
        assertThat(records).extracting(LookRecord::kind).containsExactly(Kind.READ, Kind.SHOWN, Kind.CLOSED);
        assertThat(records.get(0)).satisfies(read -> {
            assertThat(read.at()).isEqualTo("2016-01-14T08:00:00.123Z");
            assertThat(read.by()).isEqualTo("alice");
            assertThat(read.command()).isEqualTo("fpw query");
            assertThat(read.release()).isEqualTo("2016-01-12.1");
            assertThat(read.tables()).containsExactly("core.event", "core.spell");
            assertThat(read.reason()).isEqualTo("asked by the inspector");
            assertThat(read.previous()).isEqualTo("none");
        });
        assertThat(records.get(1).rows()).isEqualTo(3);
        assertThat(records.get(1).previous()).isEqualTo(records.get(0).hash());
        assertThat(records.get(2).previous()).isEqualTo(records.get(1).hash());
        assertThat(records).allMatch(LookRecord::fitsItsHash);
        assertThat(file(1).rest()).isEmpty();
    }

    @Test
    void changedRecordDoesNotFitItsHash() throws IOException {
        LookLog log = log("alice");
        log.read("2016-01-12.1", List.of("core.spell"), "asked by the inspector");
        Path path = new LookFolder(warehouse()).file(1);
        Files.writeString(path, Files.readString(path).replace("alice", "bob"));
        assertThat(records(1)).noneMatch(LookRecord::fitsItsHash);
        Files.writeString(path, "what is this?\n{\"session\":1}\n{\"sess");
        assertThat(file(1).lines()).extracting(LookFile.Line::record).containsExactly(null, null);
        assertThat(file(1).rest()).isEqualTo("{\"sess");
        Files.delete(path);
        Files.createSymbolicLink(path, folder);
        assertThatThrownBy(() -> LookFile.read(path)).hasMessageEndingWith("is not a regular file");
    }

    @Test
    void sessionWithoutAReadLeavesNothing() throws IOException {
        log("alice").close();
        assertThat(warehouse().looks()).doesNotExist();
    }

    @Test
    void everySessionHasAFileAndANumberOfItsOwn() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Callable<Void>> sessions = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                sessions.add(() -> {
                    LookLog log = log("alice");
                    log.read("2016-01-12.1", List.of("core.spell"), "a test");
                    log.close();
                    return null;
                });
            }
            for (Future<Void> session : threads.invokeAll(sessions)) {
                session.get();
            }
        } finally {
            threads.shutdownNow();
        }
        for (long session = 1; session <= 20; session++) {
            assertThat(records(session)).extracting(LookRecord::session).containsExactly(session, session);
        }
        assertThat(new LookFolder(warehouse()).latest()).isEqualTo(20);
    }

    @Test
    void numberOfAnImportedSessionIsNotUsedAgain() throws IOException {
        LookFolder looks = new LookFolder(warehouse());
        looks.imported(41);
        log("alice").read("2016-01-12.1", List.of("core.spell"), "a test");
        assertThat(records(42)).hasSize(1);
        Files.delete(looks.file(42));
        Files.writeString(warehouse().importedLooks(), "many");
        assertThatThrownBy(() -> log("alice").read("2016-01-12.1", List.of("core.spell"), "a test"))
                .isInstanceOf(IOException.class)
                .hasMessageEndingWith("does not contain a number");
        assertThat(looks.files()).isEmpty();
    }

    @Test
    void anyoneWhoMayEnterTheWarehouseCanAddAFileAndNobodyElseChangesIt() throws IOException {
        LookLog log = log("alice");
        log.read("2016-01-12.1", List.of("core.spell"), "a test");
        LookFolder looks = new LookFolder(warehouse());
        assertThat((Integer) Files.getAttribute(warehouse().looks(), "unix:mode") & 07777)
                .isEqualTo(03777);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(looks.file(1))))
                .isEqualTo("rw-r-----");
        Files.setAttribute(warehouse().looks(), "unix:mode", 0750); // as restored by a program that drops such bits
        looks.create();
        assertThat((Integer) Files.getAttribute(warehouse().looks(), "unix:mode") & 07777)
                .isEqualTo(03777);
        looks.imported(1);
        assertThat(PosixFilePermissions.toString(
                        Files.getPosixFilePermissions(warehouse().importedLooks())))
                .isEqualTo("rw-r--r--");
    }

    @Test
    void afterAFailureNothingMoreIsRecorded() throws IOException {
        Files.writeString(warehouse().looks(), "in the way");
        LookLog log = log("alice");
        assertThatThrownBy(() -> log.read("2016-01-12.1", List.of("core.spell"), "a test"))
                .isInstanceOf(IOException.class);
        Files.delete(warehouse().looks());
        assertThatThrownBy(() -> log.read("2016-01-12.1", List.of("core.spell"), "a test"))
                .hasMessage("an earlier record of this session could not be written; start again");
        log.close();
        assertThat(warehouse().looks()).doesNotExist();
    }

    private WarehouseFolder warehouse() {
        return new WarehouseFolder(folder);
    }

    private LookLog log(String by) {
        return new LookLog(warehouse(), "fpw query", by, CLOCK);
    }

    private LookFile file(long session) throws IOException {
        return LookFile.read(new LookFolder(warehouse()).file(session));
    }

    private List<LookRecord> records(long session) throws IOException {
        return file(session).lines().stream()
                .map(line -> Objects.requireNonNull(line.record(), line.text()))
                .toList();
    }
}
