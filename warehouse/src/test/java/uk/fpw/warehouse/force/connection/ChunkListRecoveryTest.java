package uk.fpw.warehouse.force.connection;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.Arrays;
import java.util.Objects;
import java.util.zip.GZIPInputStream;
import org.h2.mvstore.DataUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Files of H2 databases whose process was killed, each between two writes. Of every one the list of chunks names places
 * that are no longer theirs: H2 alone opens it once, with the right rows, but not again after some commits ("Double
 * mark"). A row of their tables has the {@code hashCode} of its text in column {@code sum}.
 */
class ChunkListRecoveryTest {

    private static final String SETTINGS =
            ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH" + ";WRITE_DELAY=0;TRACE_LEVEL_FILE=0";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"s3-57", "s3-71", "s4-83", "s6-84"})
    void listIsCorrectAfterwardsAndTheRowsAreThoseThatH2Finds(String killed) throws Exception {
        Path file = copy(killed, "recovered");
        copy(killed, "untouched");

        assertThat(isRecovered(file)).as("needed it").isTrue();
        assertThat(isRecovered(file)).as("needed it again").isFalse();

        assertThat(rows(plain("recovered"))).isNotEmpty().isEqualTo(rows(plain("untouched")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"s3-57", "s3-71", "s4-83", "s6-84"})
    void databaseThatTheProgramsOpenIsRecovered(String killed) throws Exception {
        Path file = copy(killed, "killed");
        Path opened = folder.resolve("opened.mv.db");

        try (Connection connection = DriverManager.getConnection(DatabaseUrl.opening(plain("killed")))) {
            assertThat(connection.isValid(0)).isTrue();
            Files.copy(file, opened);
        }

        assertThat(isRecovered(opened)).as("needed it when it was open").isFalse();
    }

    /** The file is then created in the future, and none of its chunks has any age. */
    @Test
    void clockMayHaveBeenSetBack() throws Exception {
        Path file = copy("s4-83", "recovered");
        create(file, Instant.parse("3000-01-01T00:00:00Z").toEpochMilli());

        assertThat(isRecovered(file)).as("needed it").isTrue();
        assertThat(isRecovered(file)).as("needed it again").isFalse();
    }

    /** Writes the time at which the file was created into both copies of its header. */
    private static void create(Path file, long millis) throws IOException {
        byte[] content = Files.readAllBytes(file);
        for (int block = 0; block <= 4096; block += 4096) {
            String header = new String(content, block, 4096, StandardCharsets.ISO_8859_1);
            byte[] changed = header.substring(0, header.indexOf(",fletcher:"))
                    .replaceAll("created:[0-9a-f]+", "created:" + Long.toHexString(millis))
                    .getBytes(StandardCharsets.ISO_8859_1);
            String fletcher = Integer.toHexString(DataUtils.getFletcher32(changed, 0, changed.length));
            byte[] whole = (new String(changed, StandardCharsets.ISO_8859_1) + ",fletcher:" + fletcher + "\n")
                    .getBytes(StandardCharsets.ISO_8859_1);
            Arrays.fill(content, block, block + 4096, (byte) 0);
            System.arraycopy(whole, 0, content, block, whole.length);
        }
        Files.write(file, content);
    }

    private static boolean isRecovered(Path file) throws IOException {
        try (FileChannel opened = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            return ChunkListRecovery.run(opened);
        }
    }

    private Path copy(String killed, String name) throws IOException {
        Path file = folder.resolve(name + ".mv.db");
        try (InputStream packed = Objects.requireNonNull(
                        ChunkListRecoveryTest.class.getResourceAsStream("/killed/" + killed + ".mv.db.gz"));
                InputStream unpacked = new GZIPInputStream(packed)) {
            Files.copy(unpacked, file);
        }
        return file;
    }

    private String plain(String name) {
        return "jdbc:h2:file:" + folder.resolve(name) + SETTINGS;
    }

    /** All rows, and whether each has the text that was written. */
    private static String rows(String url) throws SQLException {
        StringBuilder rows = new StringBuilder();
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select * from t0 union all select * from t1 union all "
                        + "select * from t2 union all select * from t3 union all select * from t4 order by 1, 3")) {
            while (row.next()) {
                assertThat(row.getString(2).hashCode()).isEqualTo(row.getInt(3));
                rows.append(row.getInt(1)).append(' ').append(row.getInt(3)).append('\n');
            }
        }
        return rows.toString();
    }
}
