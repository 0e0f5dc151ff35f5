package uk.fpw.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.config.DefaultConfiguration;
import org.apache.spark.api.plugin.SparkPlugin;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The log, if an installation of Spark has a layout of its own. */
class LogLayoutTest {

    private static final String FAILED =
            "Lost task 0.0: The value 'Quentin Canaryson' of the type \"STRING\" cannot be cast to \"DATE\"";

    private final LoggerContext context =
            (LoggerContext) LogManager.getContext(SparkPlugin.class.getClassLoader(), false);
    private final PrintStream standardError = System.err;
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();

    @AfterEach
    void restore() {
        System.setErr(standardError);
        System.clearProperty(LogLayout.APPENDER_PROPERTY);
        context.reconfigure(new DefaultConfiguration());
        LogLayout.use();
    }

    @Test
    void executorOmitsValuesOfRows() {
        System.setErr(new PrintStream(written, true, StandardCharsets.UTF_8));
        context.reconfigure(new DefaultConfiguration());

        LogLayout.useInExecutor();
        LogManager.getLogger("spark").warn(FAILED, new IllegalStateException("Text 'Canaryson' could not be parsed"));

        assertThat(written.toString(StandardCharsets.UTF_8))
                .contains(" WARN  spark Lost task 0.0: The value of the type \"STRING\" cannot be cast to \"DATE\"")
                .contains("java.lang.IllegalStateException: Text '...")
                .doesNotContain("Canaryson");
    }
}
