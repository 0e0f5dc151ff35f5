package uk.fpw.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.fpw.warehouse.force.Force;
import uk.fpw.warehouse.force.ForceFolder;

/** A column with a closed list, as rules, staging and queues see it. */
class ClosedListsIT {

    private static final SparkTestWarehouse WAREHOUSE = SparkTestWarehouse.instance();

    @TempDir
    private static Path folder;

    @BeforeAll
    static void computeCore() throws IOException {
        Path standards = Path.of("src", "test", "resources", "standards");
        try (Stream<Path> files = Files.walk(standards)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path copy = folder.resolve(standards.relativize(file).toString());
                Files.createDirectories(copy.getParent());
                Files.writeString(
                        copy,
                        Files.readString(file)
                                .replace("priority, type: text,", "priority, type: text, values: [high, training],")
                                .replace("case {case_id} was made", "priority {priority}: made"));
            }
        }
        Force force = ForceFolder.read(folder);
        WAREHOUSE.load(force.feed("case_events"), StandardsIT.rows("""
                G01 | received | 2015-10-01 | high |
                G02 | received | 2015-10-01 | CANTYPE John Smith 1 Acacia | a text of somebody's
                G03 | received | 2015-10-01 |      |
                R01 | received | 2015-10-01 | training | excluded by a rule
                """));
        WAREHOUSE.core(force, LocalDate.of(2015, 11, 10));
    }

    @Test
    void valueThatIsNotListedIsNotInCore() {
        assertThat(WAREHOUSE.rows("select item_key, element_at(attributes, 'priority') from event order by item_key"))
                .containsExactly("cases:G01|high", "cases:G02|(not listed)", "cases:G03|null");
        assertThat(WAREHOUSE.rows(
                        "select item_key, element_at(slices, 'priority') from spell where queue = 'unresolved' "
                                + "order by 1"))
                .containsExactly("cases:G01|high", "cases:G02|(not listed)", "cases:G03|(not recorded)");
    }

    @Test
    void ruleThatNamesAListedValueStillFindsIt() {
        assertThat(WAREHOUSE.rows("select item_key, code, reason from exclusion"))
                .containsExactly("cases:R01|TRAINING_CASE|priority training: made for training");
    }
}
