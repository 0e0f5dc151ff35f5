package uk.fpw.metrics.pass;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import uk.fpw.warehouse.force.Force;
import uk.fpw.warehouse.force.ForceFolder;

/**
 * Ten thousand random items, counted by the pass and recounted by the audit from the definitions in SQL: every
 * integer is equal, and every applicable test of the models passes.
 */
class DefinitionsIT {

    @TempDir
    private Path folder;

    @Test
    void anotherEngineFindsTheSameSilencesAndWaitsOfCases() {
        findsTheSameOfCases(11, 500);
    }

    @ParameterizedTest
    @CsvSource({"12, 2000", "13, 2000"})
    @Tag("thorough")
    void anotherEngineFindsTheSameSilencesAndWaitsOfManyCases(long seed, int cases) {
        findsTheSameOfCases(seed, cases);
    }

    @ParameterizedTest
    @CsvSource({"standards, 1, 400", "backlog, 7, 400", "coverage, 9, 400"})
    void anotherEngineCountsTheSame(String name, long seed, int items) {
        countsTheSame(name, seed, items);
    }

    @ParameterizedTest
    @CsvSource({"standards, 2, 3000", "standards, 3, 3000", "backlog, 8, 2000", "coverage, 10, 2000"})
    @Tag("thorough")
    void anotherEngineCountsTheSameOfManyItems(String name, long seed, int items) {
        countsTheSame(name, seed, items);
    }

    private void findsTheSameOfCases(long seed, int cases) {
        Force force =
                ForceFolder.read(Path.of("src", "test", "resources", "cases").toAbsolutePath());
        CountedItems counted = CountedItems.of(force, RandomItems.BUSINESS_DATE, RandomCases.of(force, seed, cases));

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

    private void countsTheSame(String name, long seed, int items) {
        Force force = ForceFolder.read(Path.of("src", "test", "resources", name).toAbsolutePath());
        CountedItems counted = CountedItems.of(force, RandomItems.BUSINESS_DATE, RandomItems.of(force, seed, items));

        if (!name.equals("coverage")) {
            assertThat(counted.rows("mart.period_comparison"))
                    .as("periods of three years with items")
                    .anyMatch(row -> "time waited".equals(row.get("measure"))
                            && row.get("earlier_item_count") instanceof Long left
                            && left > 0);
        }
        // stages do not add up for random events
        assertThat(counted.failures(folder))
                .filteredOn(
                        test -> test.severity().equals("stop") && !test.code().equals("STAGES_ADD_UP"))
                .isEmpty();
    }
}
