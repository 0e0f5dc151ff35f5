package uk.fpw.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.CRC32;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.fpw.layout.ReleaseFile;
import uk.fpw.layout.ReleaseId;
import uk.fpw.layout.WarehouseFolder;
import uk.fpw.layout.file.FileDigest;

/** DuckDB does not verify the checksums of Parquet files, so changes on the disk must be found before it reads. */
@Tag("thorough")
class DamagedReleaseIT {

    private static final int FLIPS = 150;
    private static final String SUM = "select sum(waiting_count) from mart.queue_daily";

    @TempDir
    static Path warehouse;

    private static byte[] released;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeAll
    static void release() throws IOException, SQLException {
        Files.createDirectories(warehouse.resolve("data"));
        try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = duck.createStatement()) {
            for (String name : List.of("waiting", "other")) {
                statement.execute("copy (select range % " + (name.equals("other") ? 89 : 97)
                        + " as waiting_count, 'd' || range as item from range(2000)) to '"
                        + file(name) + "' (format parquet, compression uncompressed)");
            }
        }
        released = Files.readAllBytes(file("waiting"));
        ReleaseFile file = new ReleaseFile(
                new ReleaseFile.Made(
                        ReleaseId.of("2016-01-12.1"), LocalDate.of(2016, 1, 12), Instant.parse("2016-01-13T06:00:00Z")),
                new ReleaseFile.Owner("fenmarch", "Fenmarch", ZoneId.of("Europe/London")),
                new ReleaseFile.Versions("0.1.0", "f", null, "d"),
                List.of(),
                List.of(table("queue_daily", "waiting"), table("queue_exit", "other")));
        Path path = new WarehouseFolder(warehouse).release(file.releaseId()).releaseFile();
        Files.createDirectories(path.getParent());
        Files.write(path, file.toJson());
        QueryTestWarehouse.point(warehouse, "2016-01-12.1");
    }

    private static Path file(String name) {
        return warehouse.resolve("data/" + name + ".parquet");
    }

    private static ReleaseFile.Table table(String name, String file) throws IOException {
        byte[] content = Files.readAllBytes(file(file));
        CRC32 crc32 = new CRC32();
        crc32.update(content);
        return new ReleaseFile.Table(
                "mart." + name,
                "A table.",
                2000,
                "d",
                List.of(new ReleaseFile.Column("waiting_count", "bigint", "Waiting.")),
                List.of("data/" + file + ".parquet"),
                List.of(new FileDigest(content.length, "%08x".formatted(crc32.getValue()))),
                false);
    }

    private int query(String sql) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        return QueryMain.run(
                new String[] {"--warehouse", warehouse.toString(), "--format", "csv", sql},
                Map.of(),
                warehouse,
                new PrintWriter(out),
                new PrintWriter(err));
    }

    @Test
    void noBitThatIsFlippedGivesAnotherSumOrAnErrorOfTheSql() throws IOException {
        Random random = new Random(150);
        assertThat(query(SUM)).as(err.toString()).isZero();
        assertThat(out.toString()).endsWith("94890\r\n");
        for (int flip = 0; flip < FLIPS; flip++) {
            byte[] flipped = released.clone();
            int bit = random.nextInt(flipped.length * Byte.SIZE);
            flipped[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
            Files.write(file("waiting"), flipped);

            assertThat(query(SUM)).as("bit %d: %s", bit, err).isEqualTo(10);
            assertThat(out.toString()).isEmpty();
            assertThat(err.toString())
                    .startsWith("fpw query: release 2016-01-12.1 is damaged, not the SQL:\n  " + file("waiting")
                            + " is damaged: its content is not what was written\n");
        }
        Files.write(file("waiting"), released);
        assertThat(query(SUM)).isZero();
    }

    /** Only functions that take queries or table names as text can use a name that is put together. */
    @Test
    void tableIsComparedHoweverItIsNamed() throws IOException {
        byte[] flipped = released.clone();
        flipped[1000] ^= 1;
        Files.write(file("waiting"), flipped);
        for (String sql : List.of(
                "from MART.\"QUEUE_DAILY\"",
                "summarize mart.queue_daily",
                "from query_table('mart.queue' || '_daily')",
                "from query('from mart.queue' || '_daily')")) {
            assertThat(query(sql)).as(sql).isEqualTo(10);
        }
        assertThat(query("select count(*) from mart.queue_exit")).isZero();
        Files.write(file("waiting"), released);
    }

    @Test
    void fileThatWasCutOrReplacedIsDamaged() throws IOException {
        for (byte[] content :
                List.of(new byte[0], Arrays.copyOf(released, released.length - 1), Files.readAllBytes(file("other")))) {
            Files.write(file("waiting"), content);
            assertThat(query(SUM)).as("%d bytes: %s", content.length, err).isEqualTo(10);
        }
        Files.write(file("waiting"), released);
    }
}
