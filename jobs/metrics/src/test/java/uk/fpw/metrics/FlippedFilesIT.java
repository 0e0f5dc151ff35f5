package uk.fpw.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.fpw.warehouse.failure.Damage;
import uk.fpw.warehouse.store.catalog.WarehouseCatalog;
import uk.fpw.warehouse.testing.TestDatabase;

/** Spark does not read a file with a flipped bit, in any table and of any kind. */
class FlippedFilesIT {

    private static final List<String> NAMESPACES =
            List.of(WarehouseCatalog.RAW, WarehouseCatalog.CORE, WarehouseCatalog.MART, WarehouseCatalog.LEDGER);
    private static final List<String> KINDS = List.of("parquet", "puffin", "-m0.avro", "snap.*avro", "metadata.json");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private final SparkSession shared = TestSpark.session();

    /** Never closed: that would stop the Spark of this JVM's other tests. */
    @SuppressWarnings("resource")
    private final SessionPool sessions = new SessionPool();

    @AfterEach
    void giveTheSessionBack() {
        SparkSession.setActiveSession(shared);
        SparkSession.setDefaultSession(shared);
    }

    @Test
    void everyKindOfFileOfEveryKindOfTableIsComparedBeforeItIsRead() throws Exception {
        folder = folder.toRealPath();
        Files.writeString(folder.resolve("warehouse.json"), "{}");
        TestDatabase database = TestDatabase.embedded(folder);
        database.baseline();
        SparkSession night = sessions.open(TestSpark.request(folder, database), ZoneId.of("Europe/London"));
        List<String> read = new ArrayList<>();
        for (String namespace : NAMESPACES) {
            String table = "fpw." + namespace + ".counted";
            night.sql("create namespace if not exists fpw." + namespace);
            night.sql("create table " + table + " (n int) using iceberg tblproperties ('format-version' = '3', "
                    + "'write.delete.mode' = 'merge-on-read')");
            night.sql("insert into " + table + " select /*+ coalesce(1) */ * from values (1), (2), (3)");
            night.sql("delete from " + table + " where n = 2");
            assertThat(night.table(table).count()).isEqualTo(2);
            for (String kind : KINDS) {
                Path file = newest(namespace, kind);
                byte[] content = Files.readAllBytes(file);
                content[content.length / 2] ^= 1;
                Files.write(file, content);

                Throwable failure = catchThrowable(() -> night.table(table).collect());
                if (failure == null || Damage.filesNamedBy(failure).isEmpty()) {
                    read.add(namespace + " " + kind + ": " + failure);
                }
                content[content.length / 2] ^= 1;
                Files.write(file, content);
            }
            assertThat(night.table(table).count()).isEqualTo(2);
        }
        assertThat(read).isEmpty();
        sessions.release(night);
    }

    /** The file that the table needs. */
    private Path newest(String namespace, String kind) throws IOException {
        try (Stream<Path> files = Files.walk(folder.resolve("data/" + namespace))) {
            return files.filter(file -> file.toString().matches(".*" + kind))
                    .max((one, other) -> Long.compare(
                            one.toFile().lastModified(), other.toFile().lastModified()))
                    .orElseThrow();
        }
    }
}
