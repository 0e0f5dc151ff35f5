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
 * The log of this program, {@code log4j2.xml}, in every process of Spark. An installation of Spark, which
 * {@code SPARK_HOME} names, comes with a layout of its own that writes values of rows, in the driver and in each
 * executor; Spark brings this class to them as a plugin.
 */
public final class LogLayout implements SparkPlugin {

    /** System property that names the log file; {@code runs/<run id>/spark.log} in the warehouse folder unless set. */
    static final String LOG_PROPERTY = "fpw.metrics.log";

    /** System property that names the appender: {@code file} unless set. */
    static final String APPENDER_PROPERTY = "fpw.metrics.appender";

    /** Uses the layout in an executor, which has no log file of the run: Spark keeps its standard error. */
    static void useInExecutor() {
        if (System.getProperty(LOG_PROPERTY) == null) {
            System.setProperty(APPENDER_PROPERTY, "stderr");
        }
        use();
    }

    /** Uses the layout from now on. */
    static void use() {
        LoggerContext spark = (LoggerContext) LogManager.getContext(SparkPlugin.class.getClassLoader(), false);
        URI own = own();
        if (!own.equals(spark.getConfiguration().getConfigurationSource().getURI())) {
            spark.setConfigLocation(own);
        }
    }

    /** Not whichever is first on the class path, where the folder {@code conf} of Spark may have one too. */
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

    /** Once Spark has its context: when that starts, it sets its own layout again if it has used it before. */
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
