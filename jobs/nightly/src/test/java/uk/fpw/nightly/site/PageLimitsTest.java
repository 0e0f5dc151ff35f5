package uk.fpw.nightly.site;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What making pages may take, and when a page is too large. */
class PageLimitsTest {

    @TempDir
    private Path pages;

    @Test
    void timeGrowsWithQueuesAndRows() {
        assertThat(new PageLimits(0, 0).time()).isEqualTo(Duration.ofMinutes(3));
        assertThat(new PageLimits(11, 200_000).time()).isEqualTo(Duration.ofSeconds(180 + 55));
        assertThat(new PageLimits(44, 62_500_000).time()).isEqualTo(Duration.ofSeconds(180 + 220 + 62));
        assertThat(new PageLimits(44, 62_500_000).words()).isEqualTo("the most for 44 queues and 62,500,000 rows");
    }

    @Test
    void memoryGrowsWithQueuesBeyondFortyEight() {
        assertThat(new PageLimits(48, 0).heap()).isEqualTo("-Xmx512m");
        assertThat(new PageLimits(49, 0).heap()).isEqualTo("-Xmx520m");
    }

    @Test
    void largestPageIsNamedFromFiveHundredKilobytesOn() throws Exception {
        Files.createDirectory(pages.resolve("queues"));
        Files.write(pages.resolve("queues/small.html"), new byte[500_000]);
        Files.write(pages.resolve("entries.js"), new byte[900_000]);
        assertThat(PagesStatus.tooLarge(pages)).isNull();

        Files.write(pages.resolve("queues/large.html"), new byte[500_001]);
        Files.write(pages.resolve("queues/largest.html"), new byte[612_000]);
        assertThat(PagesStatus.tooLarge(pages))
                .isEqualTo("queues/largest.html has 612 KB, more than the 500 KB of a page that opens quickly; fewer "
                        + "attributes (slices) or standards of its queue make it smaller");
    }
}
