package uk.fpw.nightly.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.fpw.layout.ReleaseFile;
import uk.fpw.layout.ReleaseId;
import uk.fpw.layout.RunFolder;
import uk.fpw.layout.RunId;
import uk.fpw.process.RunFiles;
import uk.fpw.warehouse.failure.ExitCode;
import uk.fpw.warehouse.failure.FpwException;
import uk.fpw.warehouse.force.Force;
import uk.fpw.warehouse.message.MetricsResult;
import uk.fpw.warehouse.store.ledger.Release;
import uk.fpw.warehouse.store.ledger.RunLedger;
import uk.fpw.warehouse.store.release.ReleaseFiles;

@Tag("time-zone")
class PendingCandidatesTest {

    private static final LocalDate DATE = LocalDate.of(2016, 1, 12);
    private static final RunId RUN = RunId.of("2016-01-12-20160113T040000-0a1b");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path warehouse;

    @Test
    void candidateIsNotReleasedOverAnotherReleaseThanItWasComparedWith() throws IOException {
        computedBeside("2016-01-11.2");
        assertThatCode(() -> require(release("2016-01-11.2", 7))).doesNotThrowAnyException();

        // its process was killed after the switch
        assertThatCode(() -> require(release("2016-01-12.1", 8))).doesNotThrowAnyException();

        // 2016-01-11.2 was withdrawn after the candidate had been computed
        assertThatThrownBy(() -> require(release("2016-01-11.1", 6)))
                .isInstanceOfSatisfying(FpwException.class, refused -> assertThat(refused.exitCode())
                        .isEqualTo(ExitCode.CONFIGURATION))
                .hasMessage("candidate 2016-01-12.1 is out of date: it was compared with release 2016-01-11.2, and now "
                        + "2016-01-11.1 is current; recompute it: fpw metrics --date 2016-01-12");
        assertThatThrownBy(() -> require(null))
                .hasMessage("candidate 2016-01-12.1 is out of date: it was compared with release 2016-01-11.2, and now "
                        + "none is current; recompute it: fpw metrics --date 2016-01-12");
    }

    @Test
    void candidateThatWasComparedWithNothingIsReleasedWhereNothingIsToCompareWith() throws IOException {
        computedBeside(null);
        assertThatCode(() -> require(null)).doesNotThrowAnyException();
        assertThatCode(() -> require(release("2016-01-11.1", -1))).doesNotThrowAnyException();
        assertThatThrownBy(() -> require(release("2016-01-11.1", 6)))
                .hasMessage("candidate 2016-01-12.1 is out of date: it was compared with no release, and now "
                        + "2016-01-11.1 is current; recompute it: fpw metrics --date 2016-01-12");
    }

    /** After several releases were withdrawn, the current one may no longer have rows to compare with. */
    @Test
    void candidateIsComparedWithNothingWhereTheSpellsHaveExpired() throws IOException {
        ReleaseId current = ReleaseId.of("2016-01-11.1");
        Files.createDirectories(warehouse.resolve("releases").resolve(current.value()));
        ReleaseFiles.write(
                warehouse,
                new ReleaseFile(
                        new ReleaseFile.Made(current, DATE.minusDays(1), Instant.EPOCH),
                        new ReleaseFile.Owner("test", "Test", ZoneId.of("Europe/London")),
                        new ReleaseFile.Versions("1", "f", null, "d"),
                        List.of(),
                        List.of(new ReleaseFile.Table(
                                "core.spell", "", 1, "d", List.of(), List.of("data/spell.parquet")))));
        computedBeside("2016-01-11.1");
        assertThatCode(() -> require(release("2016-01-11.1", 6))).doesNotThrowAnyException();

        ReleaseFiles.expire(warehouse, current, "core.spell"::equals);

        assertThatThrownBy(() -> require(release("2016-01-11.1", 6)))
                .hasMessageContaining("it was compared with release 2016-01-11.1, and now none is current");
        computedBeside(null);
        assertThatCode(() -> require(release("2016-01-11.1", 6))).doesNotThrowAnyException();
    }

    private void computedBeside(@Nullable String baseline) throws IOException {
        Path folder = Files.createDirectories(warehouse.resolve("runs").resolve(RUN.value()));
        RunFiles.write(
                new MetricsResult(
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(),
                        null,
                        null,
                        List.of(),
                        baseline == null ? null : ReleaseId.of(baseline),
                        null,
                        true),
                new RunFolder(folder).resultFile());
    }

    private void require(@Nullable Release current) {
        PendingCandidates.requireReleasable(
                force(),
                DATE,
                new RunLedger.Computed(RUN, ReleaseId.of("2016-01-12.1"), false, null),
                List.of(),
                null,
                current);
    }

    private static Release release(String releaseId, long spellSnapshot) {
        return new Release(
                ReleaseId.of(releaseId),
                RUN,
                DATE.minusDays(1),
                Instant.EPOCH,
                "1",
                "f",
                null,
                "d",
                null,
                List.of(new Release.Table("core.spell", spellSnapshot, 0, "d")),
                List.of());
    }

    private Force force() {
        return new Force(
                Path.of("/force"),
                new Force.Identity(
                        "test",
                        "Test",
                        ZoneId.of("Europe/London"),
                        new Force.Storage(warehouse, "jdbc:h2:mem:test", "fpw", ""),
                        7),
                new Force.Sources(List.of(), List.of(), List.of()),
                new Force.Meaning(
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(),
                        Force.Background.NONE),
                "");
    }
}
