package uk.fpw.ingest.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ReadAheadRowsTest {

    @Test
    void everyRowComesInOrderAndThenTheDigest() {
        Numbers numbers = new Numbers(10_001, null);
        try (SourceRows rows = ReadAheadRows.of(numbers)) {
            List<Long> lines = new ArrayList<>();
            for (SourceRow row = rows.next(); row != null; row = rows.next()) {
                lines.add(row.line());
            }
            assertThat(lines).hasSize(10_001).isSorted().startsWith(1L).endsWith(10_001L);
            assertThat(rows.next()).isNull();
            assertThat(rows.digest()).isEqualTo("10001 rows");
            assertThat(rows.width()).isEqualTo(1);
        }
        assertThat(numbers.isClosed).isTrue();
    }

    @Test
    void failureComesAfterTheRowsBeforeIt() {
        try (SourceRows rows = ReadAheadRows.of(new Numbers(700, new IllegalStateException("damaged")))) {
            for (long line = 1; line <= 700; line++) {
                assertThat(rows.next()).isNotNull().extracting(SourceRow::line).isEqualTo(line);
            }
            assertThatThrownBy(rows::next)
                    .isExactlyInstanceOf(IllegalStateException.class)
                    .hasMessage("damaged");
            assertThatThrownBy(rows::next).hasMessage("damaged");
        }
    }

    @Test
    void readingThatNobodyGoesOnWithEnds() {
        Numbers numbers = new Numbers(Integer.MAX_VALUE, null);
        try (SourceRows rows = ReadAheadRows.of(numbers)) {
            assertThat(rows.next()).isNotNull();
        }
        assertThat(numbers.isClosed).isTrue();
        assertThat(numbers.read).isLessThan(100_000);
    }

    /** A number of rows, then the end or a failure. */
    private static final class Numbers implements SourceRows {

        private final int count;
        private final @Nullable RuntimeException failure;
        private int read;
        private boolean isClosed;

        Numbers(int count, @Nullable RuntimeException failure) {
            this.count = count;
            this.failure = failure;
        }

        @Override
        public @Nullable SourceRow next() {
            if (read == count && failure != null) {
                throw failure;
            }
            return read == count ? null : new SourceRow(++read, 1, List.of("x"), 0, false);
        }

        @Override
        public int width() {
            return 1;
        }

        @Override
        public String digest() {
            return read + " rows";
        }

        @Override
        public void close() {
            isClosed = true;
        }
    }
}
