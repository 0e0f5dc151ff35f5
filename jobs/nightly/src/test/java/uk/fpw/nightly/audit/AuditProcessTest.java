package uk.fpw.nightly.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import uk.fpw.layout.ReleaseId;
import uk.fpw.nightly.program.ProcessSupervisor;
import uk.fpw.nightly.program.ProgramStarter;
import uk.fpw.warehouse.failure.ExitCode;
import uk.fpw.warehouse.failure.FpwException;
import uk.fpw.warehouse.message.AuditRequest;
import uk.fpw.warehouse.message.BaselineSpells;
import uk.fpw.warehouse.message.ClosureRequest.ClosedQueue;
import uk.fpw.warehouse.message.ClosureResult;
import uk.fpw.warehouse.message.MetricsResult.MassClosure;

/** A night whose audit process returns nothing, here because its program is missing. */
class AuditProcessTest {

    private static final ZoneId ZONE = ZoneId.of("Europe/London");

    @TempDir
    private Path folder;

    private ProcessSupervisor processes;

    @BeforeEach
    void installPartsWithoutPrograms() throws IOException {
        for (String part : List.of("query", "audit", "app")) {
            Files.createDirectory(folder.resolve(part));
        }
        processes = new ProcessSupervisor(folder, Map.of(), ProgramStarter.PROCESSES);
    }

    @Test
    void closuresAreUnexplainedIfThereIsNoAnswer() {
        ClosureResult found = closures(new AuditProcess(processes));

        assertThat(found.closures()).containsOnly(Map.entry("waiting", MassClosure.unexplained()));
        assertThat(found.failure()).isNull();
    }

    @Test
    void runThatIsStoppedAsksForNoReasons() {
        AuditProcess process = new AuditProcess(processes);
        processes.stop();

        assertThatThrownBy(() -> closures(process)).isInstanceOf(FpwException.class);
    }

    @Test
    void auditWithoutAnAnswerFailsTheNight() {
        assertThatThrownBy(() -> new AuditProcess(processes).audit(tables(), folder.resolve("result.json")))
                .isInstanceOf(FpwException.class)
                .hasMessageContaining(
                        "the audit could not be completed: the audit process ended with exit code 1 and without a "
                                + "result");
    }

    /** DuckDB does not compare files, and would report different figures. */
    @ParameterizedTest
    @ValueSource(strings = {"core/event/data", "core/spell/data/queue=waiting"})
    void filesThatAreNotWhatWasWrittenAreNotAudited(String of) throws IOException {
        Files.writeString(folder.resolve("warehouse.json"), "{}");
        Path file =
                Files.createDirectories(folder.resolve("data/0a1b").resolve(of)).resolve("a.parquet");

        assertThatThrownBy(() -> new AuditProcess(processes)
                        .audit(
                                tables(new AuditRequest.Table("core.spell", List.of(), List.of(file.toString()))),
                                folder.resolve("result.json")))
                .isInstanceOfSatisfying(FpwException.class, damaged -> assertThat(damaged.exitCode())
                        .isEqualTo(ExitCode.DAMAGED))
                .hasMessageContaining(file + ": it is missing");
    }

    private static AuditedTables tables(AuditRequest.Table... tables) {
        return new AuditedTables(
                ReleaseId.of("2016-01-12.1"), ZONE, Map.of(), List.of(tables), AuditRequest.EVERY_SERIES);
    }

    private ClosureResult closures(AuditProcess process) {
        return process.closures(
                ZONE,
                Map.of(),
                List.of(),
                new BaselineSpells(ReleaseId.of("2016-01-11.1"), Map.of(), List.of()),
                List.of(new ClosedQueue("waiting", List.of())),
                folder.resolve("result.json"));
    }
}
