package uk.fpw.ingest.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("time-zone")
class ContentHashTest {

    private final ContentHash contentHash = new ContentHash();

    @Test
    void instantHasTheHashOfTheSameTimeWithItsOffset() {
        for (String time : List.of("1969-12-31T23:59:59.999999Z", "2016-03-27T01:30:00Z")) {
            assertThat(contentHash.of(List.of(Instant.parse(time))))
                    .isEqualTo(contentHash.of(List.of(OffsetDateTime.parse(time))));
        }
    }

    @Test
    void whatIsMissingIsNotEmpty() {
        assertThat(contentHash.of(Arrays.asList("", null))).isNotEqualTo(contentHash.of(Arrays.asList(null, "")));
        assertThat(contentHash.of(List.of("ab", "c"))).isNotEqualTo(contentHash.of(List.of("a", "bc")));
    }
}
