package uk.fpw.metrics.pass;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import uk.fpw.warehouse.force.Force;
import uk.fpw.warehouse.force.ForceFolder;

/**
 * Ten thousand random items, counted by the pass and once more by the audit from the definitions in SQL: every whole
 * number is the same, and every test of the models passes that can.
 */
class DefinitionsIT {

    private static final int ITEMS = 1_000;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({"11", "12", "13", "14"})
    void anotherEngineFindsTheSameSilencesAndWaitsOfCases(long seed) {
        Force force =
                ForceFolder.read(Path.of("src", "test", "resources", "cases").toAbsolutePath());
        CountedItems counted = CountedItems.of(force, RandomItems.BUSINESS_DATE, RandomCases.of(force, seed, ITEMS));

        assertThat(counted.rows("mart.case_clock")).hasSizeGreaterThan(50);
        assertThat(counted.rows("mart.case_silence"))
                .anyMatch(row -> Long.valueOf(2).equals(row.get("ignored_event_count")))
                .anyMatch(row -> "device".equals(row.get("last_item_kind")))
                .anyMatch(row -> Boolean.TRUE.equals(row.get("is_never_recorded")));
        assertThat(counted.failures(folder))
                .filteredOn(
                        test -> test.severity().equals("stop") && !test.code().equals("STAGES_ADD_UP"))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "standards, 1",
        "standards, 2",
        "standards, 3",
        "standards, 4",
        "standards, 5",
        "standards, 6",
        "backlog, 7",
        "backlog, 8",
        "coverage, 9",
        "coverage, 10"
    })
    void anotherEngineCountsTheSame(String name, long seed) {
        Force force = ForceFolder.read(Path.of("src", "test", "resources", name).toAbsolutePath());
        CountedItems counted = CountedItems.of(force, RandomItems.BUSINESS_DATE, RandomItems.of(force, seed, ITEMS));

        // stages that random events leave add up to nothing
        assertThat(counted.failures(folder))
                .filteredOn(
                        test -> test.severity().equals("stop") && !test.code().equals("STAGES_ADD_UP"))
                .isEmpty();
    }
}
