package uk.fpw.warehouse.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import uk.fpw.warehouse.force.Feed;

class KeyBucketTest {

    @Test
    void bucketIsTheLastByteOfTheChecksum() {
        assertThat(KeyBucket.checksum("123456789")).as("check value of CRC-32C").isEqualTo(0xE3069283L);
        assertThat(KeyBucket.of("123456789")).isEqualTo(0x83);
        assertThat(KeyBucket.of(feed(List.of("id")), "123456789|1")).isEqualTo(KeyBucket.of("123456789|1"));
    }

    @Test
    void equalRowsWithoutAKeyAreInOneBucket() {
        assertThat(KeyBucket.of(feed(List.of()), "123456789|1")).isEqualTo(0x83);
        assertThat(KeyBucket.of(feed(List.of()), "123456789|2")).isEqualTo(0x83);
        assertThat(KeyBucket.of(feed(List.of()), "123456789")).isEqualTo(0x83);
    }

    private static Feed feed(List<String> key) {
        return new Feed(
                "devices",
                "property",
                "Test.",
                "drop",
                new Feed.DroppedFile(
                        "devices.csv", new Feed.CsvFormat(StandardCharsets.UTF_8, ',', '"', Set.of("")), Set.of()),
                List.of(new Feed.Column(
                        "id", "id", Feed.Type.TEXT, null, null, null, false, Feed.Privacy.NOT_PERSONAL, "Test.")),
                key,
                "id",
                Feed.Extract.FULL,
                null,
                new Feed.Limits(0, 1, 1, 1));
    }
}
