package uk.fpw.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.config.Configuration;
import org.apache.logging.log4j.core.config.ConfigurationSource;
import org.apache.logging.log4j.core.config.xml.XmlConfiguration;
import org.apache.logging.log4j.core.impl.Log4jLogEvent;
import org.apache.logging.log4j.message.SimpleMessage;
import org.junit.jupiter.api.Test;

/**
 * Spark quotes values of rows in its messages; its log is kept for weeks, and read by whoever operates the warehouse.
 */
class SparkLogTest {

    @Test
    void valuesOfRowsAreOmitted() throws IOException, URISyntaxException {
        String logged = logged(
                "Lost task 0.0: The value 'Quentin Canaryson' of the type \"STRING\" cannot be cast to \"INT\" "
                        + "because it is malformed",
                new IllegalStateException(
                        "[CAST_INVALID_INPUT] The value 'Quentin\nO'Canaryson' of the type \"STRING\" cannot be "
                                + "cast to \"DATE\"",
                        new IllegalArgumentException("Text 'Canaryson, Quentin' could not be parsed at index 0")));

        assertThat(logged)
                .doesNotContain("Quentin")
                .doesNotContain("Canaryson")
                .contains("Lost task 0.0: The value of the type \"STRING\" cannot be cast to \"INT\"")
                .contains("[CAST_INVALID_INPUT] The value of the type \"STRING\" cannot be cast to \"DATE\"")
                .contains("Caused by: java.lang.IllegalArgumentException: Text '...")
                .contains("at uk.fpw.metrics.SparkLogTest.valuesOfRowsAreOmitted");
    }

    private static String logged(String message, Throwable thrown) throws IOException, URISyntaxException {
        URL file = SparkLogTest.class.getResource("/log4j2.xml");
        assertThat(file).isNotNull();
        Configuration configuration =
                new XmlConfiguration(LoggerContext.getContext(false), new ConfigurationSource(file.openStream(), file));
        configuration.initialize();
        return String.valueOf(configuration
                .getAppender("file")
                .getLayout()
                .toSerializable(Log4jLogEvent.newBuilder()
                        .setLoggerName("spark")
                        .setLevel(Level.WARN)
                        .setMessage(new SimpleMessage(message))
                        .setThrown(thrown)
                        .build()));
    }
}
