package uk.fpw.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import uk.fpw.warehouse.message.MetricsResult.Timing;

class MetricsProgressTest {

    @Test
    void aTableIsReportedWithItsRowsAndSeconds() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        AtomicLong nanos = new AtomicLong();
        MetricsProgress progress =
                new MetricsProgress(new PrintStream(bytes, true, StandardCharsets.UTF_8), nanos::get);

        long rows = progress.time("mart.queue_daily", () -> {
            nanos.addAndGet(1_234_000_000L);
            return 13_572L;
        });
        progress.table("mart.queue_daily", rows);

        assertThat(bytes.toString(StandardCharsets.UTF_8))
                .isEqualToIgnoringNewLines("metrics: mart.queue_daily 13,572 rows 1.2 s");
        assertThat(progress.timings()).isEqualTo(List.of(new Timing("mart.queue_daily", 1_234)));
    }
}
