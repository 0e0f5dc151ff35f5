package uk.fpw.metrics;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.spark.SparkContext;
import org.apache.spark.api.plugin.DriverPlugin;
import org.apache.spark.api.plugin.ExecutorPlugin;
import org.apache.spark.api.plugin.PluginContext;
import org.apache.spark.api.plugin.SparkPlugin;

/**
 * Sets the logging of this program, {@code log4j2.xml}, in every Spark process. A Spark installation
 * ({@code SPARK_HOME}) has its own layout, which writes values of rows, in the driver and in each executor; as a
 * plugin, this class replaces it there.
 */
public final class LogLayout implements SparkPlugin {

    /** System property that names the log file; {@code runs/<run id>/spark.log} in the warehouse folder unless set. */
    static final String LOG_PROPERTY = "fpw.metrics.log";

    /** System property that names the appender: {@code file} unless set. */
    static final String APPENDER_PROPERTY = "fpw.metrics.appender";

    /** Sets the layout in an executor, which has no log file of its own: Spark keeps its standard error. */
    static void useInExecutor() {
        if (System.getProperty(LOG_PROPERTY) == null) {
            System.setProperty(APPENDER_PROPERTY, "stderr");
        }
        use();
    }

    static void use() {
        LoggerContext spark = (LoggerContext) LogManager.getContext(SparkPlugin.class.getClassLoader(), false);
        URI own = own();
        if (!own.equals(spark.getConfiguration().getConfigurationSource().getURI())) {
            spark.setConfigLocation(own);
        }
    }

    /** Our own file, even if the folder {@code conf} of Spark has one that is earlier on the class path. */
    private static URI own() {
        try {
            URI code = requireNonNull(LogLayout.class.getProtectionDomain().getCodeSource())
                    .getLocation()
                    .toURI();
            return Files.isDirectory(Path.of(code))
                    ? code.resolve("log4j2.xml")
                    : URI.create("jar:" + code + "!/log4j2.xml");
        } catch (URISyntaxException impossible) {
            throw new IllegalStateException("a class was loaded from no address", impossible);
        }
    }

    /** Sets the layout again once Spark has its context: while starting, Spark may set its own. */
    @Override
    public DriverPlugin driverPlugin() {
        return new DriverPlugin() {
            @Override
            public Map<String, String> init(SparkContext spark, PluginContext context) {
                use();
                return Map.of();
            }
        };
    }

    @Override
    public ExecutorPlugin executorPlugin() {
        return new ExecutorPlugin() {
            @Override
            public void init(PluginContext context, Map<String, String> settings) {
                useInExecutor();
            }
        };
    }
}
