package uk.fpw.ingest.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import uk.fpw.ingest.TestFeeds;
import uk.fpw.warehouse.failure.ExitCode;
import uk.fpw.warehouse.failure.FpwException;
import uk.fpw.warehouse.force.feed.Feed;

class FileTooLargeTest {

    @Test
    void lackOfMemoryIsAFailureOfTheFeedWhoseFileIsRead() {
        Feed feed = TestFeeds.feed(
                "devices", List.of("device_id"), "device_id", TestFeeds.column("device_id", "Device", Feed.Type.TEXT));
        long limit = Runtime.getRuntime().maxMemory() >> 20;
        FpwException failure =
                FileTooLarge.failure(new FeedFile(feed, Path.of("/drop/devices.xlsx")), new OutOfMemoryError());
        assertThat(failure)
                .hasMessage(
                        "/drop/devices.xlsx: reading it takes more than the %d MiB of memory available; "
                                + "check what the source delivered, or increase the memory, such as "
                                + "FPW_JAVA_OPTS=-Xmx%dg",
                        limit, limit / 512 + 1);
        assertThat(failure.exitCode()).isEqualTo(ExitCode.BAD_DATA);
    }
}
