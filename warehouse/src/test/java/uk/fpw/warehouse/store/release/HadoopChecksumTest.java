package uk.fpw.warehouse.store.release;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.fpw.layout.file.FileDigest;
import uk.fpw.layout.file.TableDigests;
import uk.fpw.layout.file.WrittenFile;

/** The query program runs without Hadoop and verifies Hadoop's checksums itself. */
class HadoopChecksumTest {

    @TempDir
    Path folder;

    @Test
    void checksumsThatHadoopWritesAreRead() throws Exception {
        FileSystem files = FileSystem.newInstance(folder.toUri(), new Configuration());
        for (int bytes : List.of(0, 1, 512, 100_001)) {
            byte[] content = new byte[bytes];
            new Random(bytes).nextBytes(content);
            Path file = folder.resolve(bytes + ".parquet");
            try (OutputStream out = files.create(new org.apache.hadoop.fs.Path(file.toUri()))) {
                out.write(content);
            }
            CRC32 crc32 = new CRC32();
            crc32.update(content);

            assertThat(new TableDigests().ofWritten(file))
                    .isEqualTo(new FileDigest(bytes, "%08x".formatted(crc32.getValue())));
            assertThat(new WrittenFile(file).compare().state()).isEqualTo(WrittenFile.State.WHOLE);
            if (bytes > 0) {
                content[bytes - 1] ^= 1;
                Files.write(file, content);
                assertThat(new WrittenFile(file).compare().state()).isEqualTo(WrittenFile.State.DAMAGED);
            }
        }
    }
}
