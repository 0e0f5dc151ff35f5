package uk.fpw.warehouse.store.load.key;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import uk.fpw.warehouse.force.feed.Feed;
import uk.fpw.warehouse.force.feed.FeedLimits;
import uk.fpw.warehouse.force.feed.Origin;

@Tag("time-zone")
class RowHashTest {

    private static final Feed.Column KIND = column("kind", Feed.Type.TEXT);
    private static final Feed.Column N = column("n", Feed.Type.WHOLE);
    private static final Feed.Column PLACE = column("place", Feed.Type.TEXT);

    /**
     * Computed with Python's xxhash package from the hashed bytes: names as 64-bit XXH3, texts in UTF-16 with their
     * length, all little-endian.
     */
    @Test
    void storedHashesNeverChange() {
        assertThat(hash("A", List.of(KIND, N), "phone", 7L)).isEqualTo("W5hxqNLgFaJO2CVDLVDhLA");
        assertThat(hash("", List.of(KIND), (Object) null)).isEqualTo("7lbfh0FzJibEWWbnHsYYTQ");
    }

    @Test
    void neitherOrderNorColumnsWithoutAValueMatter() {
        String hash = hash("A", List.of(KIND, N), "phone", 7L);
        assertThat(hash("A", List.of(N, KIND), 7L, "phone")).isEqualTo(hash);
        assertThat(hash("A", List.of(KIND, PLACE, N), "phone", null, 7L)).isEqualTo(hash);
    }

    @Test
    void everyValueItsPlaceAndTheItemMatter() {
        Set<String> hashes = new HashSet<>(List.of(
                hash("A", List.of(KIND, PLACE), "x", "y"),
                hash("B", List.of(KIND, PLACE), "x", "y"),
                hash("A", List.of(KIND, PLACE), "y", "x"),
                hash("A", List.of(KIND, PLACE), "x", null),
                hash("A", List.of(KIND, PLACE), null, "x"),
                hash("A", List.of(KIND, PLACE), "x", ""),
                hash("A", List.of(KIND, PLACE), "xy", ""),
                hash("A", List.of(KIND, PLACE), "xy", null)));
        assertThat(hashes).hasSize(8).noneMatch(RowHash::isFormer);
    }

    @Test
    void valuesOfEveryTypeAreHashed() {
        Instant time = Instant.parse("2024-05-01T10:00:00.000001Z");
        assertThat(List.of(
                        hash("A", List.of(N), new BigDecimal("1.500000000")),
                        hash("A", List.of(N), new BigDecimal("-1.500000000")),
                        hash("A", List.of(N), true),
                        hash("A", List.of(N), false),
                        hash("A", List.of(N), LocalDate.of(2024, 5, 1)),
                        hash("A", List.of(N), time),
                        hash("A", List.of(N), time.plusNanos(1000))))
                .doesNotHaveDuplicates();
    }

    @Test
    void halvesOfBothKindsAreNumbersWithRoomForMarks() {
        String former = "0123456789abcdeffedcba9876543217";
        assertThat(RowHash.isFormer(former)).isTrue();
        assertThat(RowHash.first(former)).isEqualTo(0x0123456789abcdefL);
        assertThat(RowHash.second(former)).isEqualTo(0xfedcba9876543210L);
        // the bytes 5b9871a8d2e015a2 4ed825432d50e12c
        assertThat(RowHash.first("W5hxqNLgFaJO2CVDLVDhLA")).isEqualTo(0x5b9871a8d2e015a2L);
        assertThat(RowHash.second("W5hxqNLgFaJO2CVDLVDhLA")).isEqualTo(0x4ed825432d50e128L);
    }

    private static String hash(String item, List<Feed.Column> columns, @Nullable Object... values) {
        return new RowHash(feed(columns)).of(Arrays.asList(values), item);
    }

    private static Feed feed(List<Feed.Column> columns) {
        return new Feed(
                "devices",
                "property",
                "Test.",
                new Feed.Input(
                        "drop",
                        new Origin.DroppedFile("devices.csv", new Origin.Format("csv", Map.of()), Set.of()),
                        Feed.Extract.FULL),
                new Feed.Rows(
                        columns,
                        List.of(columns.get(0).name()),
                        Set.of(),
                        columns.get(0).name(),
                        null),
                FeedLimits.atLeast(0));
    }

    private static Feed.Column column(String name, Feed.Type type) {
        return new Feed.Column(name, name, type, Feed.TextFormat.PLAIN, false, Feed.Privacy.NOT_PERSONAL, "Test.");
    }
}
