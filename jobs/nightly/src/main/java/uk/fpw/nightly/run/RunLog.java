package uk.fpw.nightly.run;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import ch.qos.logback.core.FileAppender;
import ch.qos.logback.core.encoder.Encoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.slf4j.LoggerFactory;
import uk.fpw.nightly.program.LogFormat;

/** The log of one run: everything goes to a file in the run's folder, nothing to the console. */
final class RunLog implements AutoCloseable {

    private static final String PATTERN =
            "%d{yyyy-MM-dd'T'HH:mm:ss.SSSX,UTC} %-5level [%thread] %logger{40}: %message%n%exception";

    /** Logger of the progress of a long extract; its lines are also printed. */
    private static final String READING = "uk.fpw.ingest.extract.ReadProgress";

    private final LoggerContext context;

    private RunLog(LoggerContext context) {
        this.context = context;
    }

    static RunLog open(Path file, LogFormat format, RunProgress progress) {
        // Spring Boot would otherwise reconfigure logging when it starts.
        System.setProperty("org.springframework.boot.logging.LoggingSystem", "none");
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        context.reset();
        FileAppender<ILoggingEvent> appender = new FileAppender<>();
        appender.setContext(context);
        appender.setName("run");
        appender.setFile(file.toString());
        appender.setEncoder(encoder(context, format));
        appender.start();
        ch.qos.logback.classic.Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        root.setLevel(Level.INFO);
        root.addAppender(appender);
        // these log every table scan, file and connection
        for (String library : List.of("org.apache.hadoop", "org.apache.iceberg", "com.zaxxer.hikari")) {
            context.getLogger(library).setLevel(Level.WARN);
        }
        context.getLogger("org.apache.iceberg.SnapshotProducer").setLevel(Level.INFO);
        // Flyway warns five times a night that it was not tested with this version of H2; our tests do that
        context.getLogger("org.flywaydb.core.internal.database.base.Database").setLevel(Level.ERROR);
        // the run logs the failure of a step itself, and in one line if it was expected
        context.getLogger("org.springframework.batch.core.step.AbstractStep").setLevel(Level.OFF);
        AppenderBase<ILoggingEvent> reading = new AppenderBase<>() {
            @Override
            protected void append(ILoggingEvent event) {
                progress.report(event.getFormattedMessage());
            }
        };
        reading.setContext(context);
        reading.start();
        ch.qos.logback.classic.Logger readings = context.getLogger(READING);
        readings.setAdditive(false);
        readings.addAppender(reading);
        return new RunLog(context);
    }

    private static Encoder<ILoggingEvent> encoder(LoggerContext context, LogFormat format) {
        if (format == LogFormat.json) {
            JsonEncoder encoder = new JsonEncoder();
            encoder.setContext(context);
            encoder.start();
            return encoder;
        }
        PatternLayoutEncoder encoder = new PatternLayoutEncoder();
        encoder.setContext(context);
        encoder.setCharset(StandardCharsets.UTF_8);
        encoder.setPattern(PATTERN);
        encoder.start();
        return encoder;
    }

    @Override
    public void close() {
        context.stop();
    }
}
