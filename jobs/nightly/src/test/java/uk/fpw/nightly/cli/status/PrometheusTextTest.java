package uk.fpw.nightly.cli.status;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class PrometheusTextTest {

    @Test
    void familyHasHelpAndTypeOnceAndUnknownValuesHaveNoSample() {
        assertThat(new PrometheusText("kent")
                        .gauge("fpw_feed_rows", "Rows.")
                        .sample(Map.of("feed", "devices"), 3L)
                        .sample(Map.of("feed", "cases"), null)
                        .gauge("fpw_run_seconds", "Time.")
                        .sample(2.5)
                        .toString())
                .isEqualTo("""
                        # HELP fpw_feed_rows Rows.
                        # TYPE fpw_feed_rows gauge
                        fpw_feed_rows{force="kent",feed="devices"} 3
                        # HELP fpw_run_seconds Time.
                        # TYPE fpw_run_seconds gauge
                        fpw_run_seconds{force="kent"} 2.5
                        """);
    }

    @Test
    void quotesBackslashesAndLineBreaksOfLabelsAreEscaped() {
        assertThat(new PrometheusText("k\"\n\\")
                        .gauge("fpw_feed_rows", "Rows\\\nof a \"feed\".")
                        .sample(1)
                        .toString())
                .isEqualTo("""
                        # HELP fpw_feed_rows Rows\\\\\\nof a "feed".
                        # TYPE fpw_feed_rows gauge
                        fpw_feed_rows{force="k\\"\\n\\\\"} 1
                        """);
    }
}
