package uk.fpw.nightly.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.fpw.layout.ReleaseId;
import uk.fpw.warehouse.failure.ExitCode;
import uk.fpw.warehouse.failure.FpwException;
import uk.fpw.warehouse.store.ledger.Releases;

/** What a run reports about its release if its database no longer responds. */
class ReleaseStandingTest {

    private static final ReleaseId RELEASE = ReleaseId.of("2026-08-08.2");

    private final FpwException full = new FpwException(ExitCode.UNAVAILABLE, "a disk is full");

    @TempDir
    private Path warehouse;

    private ReleaseStanding standing;

    @BeforeEach
    void newRun() {
        standing = new ReleaseStanding(warehouse);
    }

    @Test
    void nothingWasCreatedBeforeTheSwitch() throws IOException {
        ask();
        assertThat(report(full))
                .containsExactly(
                        "fpw: the nightly run failed (exit code 4): a disk is full",
                        "fpw: no release was created, and none is current; the log is /w/fpw.log");
        Files.writeString(Files.createDirectories(warehouse.resolve("releases")).resolve("current"), "2026-08-07.1");
        assertThat(report(full).get(1))
                .isEqualTo("fpw: no release was created, the previous release stays current; the log is /w/fpw.log");
    }

    @Test
    void itIsNotKnownDuringTheSwitch() {
        standing.switching(RELEASE);
        ask();
        assertThat(report(full))
                .containsExactly(
                        "fpw: the nightly run failed (exit code 4): a disk is full",
                        "fpw: whether release 2026-08-08.2 was created is not known, since the database did not say; "
                                + "fpw releases shows it; the log is /w/fpw.log");
    }

    @Test
    void theReleaseIsCurrentAfterTheSwitchWhateverFails() {
        standing.switching(RELEASE);
        standing.switched();
        ask();
        List<String> released = List.of(
                "fpw: the nightly run finished with problems (exit code 8): release 2026-08-08.2 was created and is "
                        + "current, but a later step failed: a disk is full. Run the next date as usual: it recovers "
                        + "this",
                "fpw: readers of the database see the new release; the log is /w/fpw.log");
        assertThat(report(full)).isEqualTo(released);
        assertThat(report(standing.afterRelease("a disk is full", full))).isEqualTo(released);
    }

    private void ask() {
        DataSource gone = (DataSource) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {DataSource.class}, (proxy, method, arguments) -> {
                    throw new SQLException("the database has been closed");
                });
        RuntimeException failure = new IllegalStateException();
        standing.ask(new Releases(gone), RELEASE, failure);
        assertThat(failure.getSuppressed()).hasSize(1);
    }

    private List<String> report(RuntimeException failure) {
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        new FailureReport(
                        RunRequest.nightly(LocalDate.of(2026, 8, 8)),
                        new PrintStream(new ByteArrayOutputStream()),
                        new PrintStream(err, true, StandardCharsets.UTF_8),
                        Path.of("/w/fpw.log"),
                        standing)
                .report(failure);
        return err.toString(StandardCharsets.UTF_8).lines().toList();
    }
}
