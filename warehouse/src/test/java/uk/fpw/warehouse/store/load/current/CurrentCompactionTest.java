package uk.fpw.warehouse.store.load.current;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CurrentCompactionTest {

    @ParameterizedTest
    @CsvSource({
        // rows, dead, files, MB, is compacted
        "3, 1, 1, 1, false",
        "3, 2, 1, 1, true",
        "300, 0, 100, 1, false",
        "300, 0, 101, 1, true",
        // right after a compaction: 150 full files
        "300, 0, 150, 19200, false",
        "300, 0, 300, 19200, false",
        "300, 0, 301, 19200, true",
        "300, 101, 150, 19200, true",
    })
    void filesAreCountedAgainstWhatTheSizeDemands(
            long rows, long dead, long files, long megabytes, boolean isCompacted) {
        assertThat(CurrentCompaction.isNeeded(Map.of(
                        "total-records",
                        Long.toString(rows),
                        "total-position-deletes",
                        Long.toString(dead),
                        "total-data-files",
                        Long.toString(files),
                        "total-files-size",
                        Long.toString(megabytes << 20))))
                .isEqualTo(isCompacted);
    }

    @ParameterizedTest
    @CsvSource({"100, false", "101, true"})
    void sizeThatIsNotKnownDemandsNoMoreFiles(String files, boolean isCompacted) {
        assertThat(CurrentCompaction.isNeeded(Map.of("total-data-files", files)))
                .isEqualTo(isCompacted);
    }
}
