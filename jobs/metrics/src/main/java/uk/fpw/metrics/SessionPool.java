package uk.fpw.metrics;

import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.iceberg.spark.source.HasIcebergCatalog;
import org.apache.logging.log4j.LogManager;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.connector.catalog.CatalogPlugin;
import org.jspecify.annotations.Nullable;
import uk.fpw.layout.RunFolder;
import uk.fpw.layout.RunId;
import uk.fpw.layout.WarehouseFolder;
import uk.fpw.layout.WarehouseIdentity;
import uk.fpw.warehouse.force.Force;
import uk.fpw.warehouse.force.yaml.ConfigError;
import uk.fpw.warehouse.message.MetricsRequest;
import uk.fpw.warehouse.message.MetricsResult.Timing;
import uk.fpw.warehouse.store.catalog.CatalogSettings;
import uk.fpw.warehouse.store.catalog.WarehouseJdbcCatalog;

/**
 * One Spark context for all runs of this process, with one session per run, so that views and settings of a run are
 * not visible in the next. Not thread-safe.
 */
final class SessionPool implements AutoCloseable {

    private @Nullable SparkSession spark;
    private @Nullable Prepared prepared;
    private @Nullable RunId preparedFor;

    /**
     * A session in which the SQL of a force folder has been checked.
     *
     * @param forceDigest digest of that folder
     * @param errors errors found in it
     * @param timings durations
     */
    record Prepared(SparkSession spark, String forceDigest, List<ConfigError> errors, List<Timing> timings) {}

    /** Keeps the prepared session until its run takes it, or another run is prepared. */
    void storePrepared(MetricsRequest request, Prepared checked) {
        releasePrepared();
        prepared = checked;
        preparedFor = request.runId();
    }

    /**
     * The prepared session of a run, with the catalog that the request names; null if none was prepared, or the
     * folder has changed since.
     */
    @Nullable
    Prepared takePrepared(MetricsRequest request, Force force) {
        Prepared found = prepared;
        if (found == null
                || request.task() != MetricsRequest.Task.COMPUTE
                || !Objects.equals(preparedFor, request.runId())
                || !found.forceDigest().equals(force.digest())) {
            return null;
        }
        prepared = null;
        configure(found.spark(), request, force.zone());
        return found;
    }

    private void releasePrepared() {
        if (prepared != null) {
            release(prepared.spark());
            prepared = null;
        }
    }

    /**
     * Opens the session of a run, with the warehouse as catalog {@value CatalogSettings#NAME}. Spark runs embedded
     * unless the installation names a master.
     */
    SparkSession open(MetricsRequest request, ZoneId zone) {
        RunFolder folder = request.folder();
        if (spark == null) {
            spark = SparkSessions.builder(zone, folder, request.sparkSettings())
                    .appName("fpw metrics " + request.name())
                    .getOrCreate();
        }
        SparkSession session = spark.newSession();
        configure(session, request, zone);
        return session;
    }

    private static void configure(SparkSession session, MetricsRequest request, ZoneId zone) {
        RunFolder folder = request.folder();
        settings(request, zone, folder).forEach((name, value) -> {
            if (session.conf().isModifiable(name) || name.startsWith("spark.sql.catalog.")) {
                session.conf().set(name, value);
            }
        });
        SparkSession.setActiveSession(session);
        SparkSession.setDefaultSession(session);
    }

    /** Ends the session of a run, closing the connections of its catalog. */
    void release(SparkSession session) {
        try {
            CatalogPlugin plugin = ((org.apache.spark.sql.classic.SparkSession) session)
                    .sessionState()
                    .catalogManager()
                    .catalog(CatalogSettings.NAME);
            if (plugin instanceof HasIcebergCatalog warehouse
                    && warehouse.icebergCatalog() instanceof AutoCloseable catalog) {
                catalog.close();
            }
        } catch (Exception remains) {
            LogManager.getLogger(SessionPool.class).warn("the catalog of a run could not be closed", remains);
        } finally {
            SparkSession.clearActiveSession();
            SparkSession.clearDefaultSession();
        }
    }

    /** Stops Spark. */
    @Override
    public void close() {
        prepared = null;
        if (spark != null) {
            spark.stop();
            spark = null;
        }
    }

    private static Map<String, String> settings(MetricsRequest request, ZoneId zone, RunFolder folder) {
        Map<String, String> settings = new LinkedHashMap<>(SparkSettings.of(zone, folder));
        String catalog = "spark.sql.catalog." + CatalogSettings.NAME;
        settings.put(catalog, "org.apache.iceberg.spark.SparkCatalog");
        settings.put(catalog + ".catalog-impl", WarehouseJdbcCatalog.class.getName());
        settings.put(catalog + ".cache-enabled", "false");
        WarehouseIdentity identity = request.storage().identity();
        String location = identity == null
                ? "file://" + new WarehouseFolder(request.storage().warehouse()).data()
                : identity.tableLocation();
        MetricsRequest.Database database = request.storage().database();
        CatalogSettings.properties(database.jdbcUrl(), database.jdbcUser(), database.jdbcPassword(), location, Map.of())
                .forEach((name, value) -> settings.put(catalog + "." + name, value));
        settings.putAll(request.sparkSettings());
        if (identity != null && identity.tables() != null) {
            // Files are put together here before they are sent; this folder is deleted after a run, however that ends.
            settings.put(
                    catalog + ".s3.staging-dir",
                    folder.sparkLocal().resolve("s3").toString());
        }
        return settings;
    }
}
