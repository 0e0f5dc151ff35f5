package uk.fpw.metrics;

import java.nio.file.Path;
import java.time.ZoneId;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;
import uk.fpw.layout.RunFolder;
import uk.fpw.warehouse.failure.FpwException;
import uk.fpw.warehouse.installation.SparkCluster;
import uk.fpw.warehouse.store.files.WarehouseFileSystem;

/** Starts Spark. */
final class SparkSessions {

    private static final String MASTER = SparkCluster.MASTER;

    private static final Set<String> LISTS = Set.of("spark.plugins", "spark.sql.extensions");

    private SparkSessions() {}

    /** A session without a catalog, for work that needs no stored table. */
    static SparkSession withoutCatalog(ZoneId zone, Path scratch) {
        return builder(zone, new RunFolder(scratch), Map.of())
                .appName("fpw metrics")
                .getOrCreate();
    }

    /** @param installation settings of the installation, which take precedence; secrets included */
    static SparkSession.Builder builder(ZoneId zone, RunFolder folder, Map<String, String> installation) {
        SparkSession.Builder builder = SparkSession.builder();
        String master = installation.getOrDefault(MASTER, System.getProperty(MASTER));
        if (master == null) {
            builder.master("local[*]");
        } else if (!isThisMachine(master)) {
            requireSecretOrConsent(master, installation, System.getProperty("spark.authenticate"));
            // the driver commits files that executors, which are other processes, have written
            builder.config("spark.hadoop." + WarehouseFileSystem.SYNC_EACH_FILE, true);
            builder.config("spark.executor.extraJavaOptions", "-Duser.timezone=UTC -Dfile.encoding=UTF-8");
        }
        for (Map.Entry<String, String> setting : SparkSettings.of(zone, folder).entrySet()) {
            String own = System.getProperty(setting.getKey(), "");
            builder.config(setting.getKey(), withOwn(own, setting.getKey(), setting.getValue()));
        }
        installation.forEach(builder::config);
        return builder;
    }

    private static boolean isThisMachine(String master) {
        return master.equals("local") || master.startsWith("local[");
    }

    /**
     * Refuses a cluster that only Spark's own settings name, if it does not authenticate. One of the installation's
     * file has been checked.
     *
     * @param authenticates Spark's own setting {@code spark.authenticate}; null if there is none
     */
    static void requireSecretOrConsent(
            String master, Map<String, String> installation, @Nullable String authenticates) {
        if (!installation.containsKey(MASTER) && !"true".equals(authenticates)) {
            throw FpwException.configuration("spark-defaults.conf names the Spark cluster " + master
                    + " without spark.authenticate: whoever reaches it can run code on its workers and read the rows "
                    + "that they compute. Name it in installation.yml (spark, master), with its secret or with "
                    + "unauthenticated: accepted");
        }
    }

    /** Adds our classes to a list setting of the installation's spark-defaults.conf. */
    static String withOwn(String own, String setting, String value) {
        return own.isBlank() || !LISTS.contains(setting) ? value : own + "," + value;
    }
}
