package uk.fpw.warehouse.store.load.key;

import static org.assertj.core.api.Assertions.assertThat;
import static uk.fpw.warehouse.store.load.LoadTesting.column;
import static uk.fpw.warehouse.store.load.LoadTesting.feed;

import java.util.List;
import org.junit.jupiter.api.Test;
import uk.fpw.warehouse.force.feed.Feed;

class KeyBucketTest {

    @Test
    void bucketIsTheLastByteOfTheChecksum() {
        assertThat(KeyBucket.checksum("123456789")).as("check value of CRC-32C").isEqualTo(0xE3069283L);
        assertThat(KeyBucket.of(feed(), "123456789")).isEqualTo(0x83);
        assertThat(KeyBucket.of(feed(), "123456789|1")).isEqualTo((int) (KeyBucket.checksum("123456789|1") & 0xff));
    }

    @Test
    void equalRowsWithoutAKeyAreInOneBucket() {
        assertThat(KeyBucket.of(feed(List.of(), column("id", Feed.Type.TEXT)), "123456789|1"))
                .isEqualTo(0x83);
        assertThat(KeyBucket.of(feed(List.of(), column("id", Feed.Type.TEXT)), "123456789|2"))
                .isEqualTo(0x83);
        assertThat(KeyBucket.of(feed(List.of(), column("id", Feed.Type.TEXT)), "123456789"))
                .isEqualTo(0x83);
    }
}
