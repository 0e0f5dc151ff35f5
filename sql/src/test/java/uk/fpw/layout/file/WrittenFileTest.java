package uk.fpw.layout.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.fpw.layout.file.WrittenFile.State;

class WrittenFileTest {

    private static final int CHUNK = 512;

    @TempDir
    Path folder;

    /** A file with checksums as written by Hadoop. */
    private Path written(byte[] content) throws IOException {
        Path file = Files.write(folder.resolve("00000-0-a.parquet"), content);
        try (DataOutputStream sums = new DataOutputStream(Files.newOutputStream(ChecksumFile.of(file)))) {
            sums.write(new byte[] {'c', 'r', 'c', 0});
            sums.writeInt(CHUNK);
            for (int start = 0; start < content.length; start += CHUNK) {
                sums.writeInt((int) crc32(content, start, Math.min(CHUNK, content.length - start)));
            }
        }
        return file;
    }

    private static long crc32(byte[] content, int start, int length) {
        CRC32 crc32 = new CRC32();
        crc32.update(content, start, length);
        return crc32.getValue();
    }

    private static byte[] random(int bytes) {
        byte[] content = new byte[bytes];
        new Random(bytes).nextBytes(content);
        return content;
    }

    @Test
    void digestOfAFileIsThatOfItsContentAndTakesItsChecksumsOnly() throws Exception {
        for (int bytes : List.of(0, 1, 511, 512, 513, 1024, 300_000)) {
            byte[] content = random(bytes);
            Path file = written(content);
            Files.write(file, new byte[bytes]); // The present content of the file does not matter.

            assertThat(new TableDigests().ofWritten(file))
                    .isEqualTo(new FileDigest(bytes, ChecksumFile.text((int) crc32(content, 0, bytes))));
        }
    }

    @Test
    void singleBitThatIsFlippedInAFileIsFound() throws Exception {
        byte[] content = random(1300);
        Path file = written(content);
        String crc32 = new TableDigests().ofWritten(file).crc32();

        for (int bit = 0; bit < content.length * Byte.SIZE; bit += 23) {
            flip(content, bit);
            Files.write(file, content);
            flip(content, bit);

            int start = bit / Byte.SIZE / CHUNK * CHUNK;
            String differs = "its bytes from " + start + " to " + (Math.min(start + CHUNK, content.length) - 1)
                    + " differ from their checksum";
            assertThat(new WrittenFile(file).compare())
                    .isEqualTo(new WrittenFile.Comparison(new WrittenFile(file), State.DAMAGED, differs));
            assertThat(new WrittenFile(file, 1300, crc32).compare().problem()).isEqualTo(differs);
        }
    }

    /** The file is undamaged, but Java programs refuse to read it because they verify the checksums. */
    @Test
    void everySingleBitThatIsFlippedInTheChecksumsIsFound() throws Exception {
        byte[] content = random(1300);
        Path file = written(content);
        byte[] sums = Files.readAllBytes(ChecksumFile.of(file));
        String crc32 = new TableDigests().ofWritten(file).crc32();

        for (int bit = 0; bit < sums.length * Byte.SIZE; bit++) {
            flip(sums, bit);
            Files.write(ChecksumFile.of(file), sums);
            flip(sums, bit);

            assertThat(new WrittenFile(file).compare().state()).isEqualTo(State.DAMAGED);
            assertThat(new WrittenFile(file, 1300, crc32).compare().state()).isEqualTo(State.WRONG_CHECKSUMS);
        }
    }

    private static void flip(byte[] content, int bit) {
        content[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
    }

    @Test
    void fileIsComparedWithAllThatIsKnownOfIt() throws Exception {
        byte[] content = random(1300);
        Path file = written(content);
        String crc32 = new TableDigests().ofWritten(file).crc32();
        Map<String, String> found = new HashMap<>();
        found.put("whole", state(new WrittenFile(file, 1300, crc32)));

        Files.write(file, Arrays.copyOf(content, 1290));
        found.put("cut", state(new WrittenFile(file)));
        found.put("cut, size known", state(new WrittenFile(file, 1300, null)));
        Files.write(file, new byte[0]);
        found.put("empty", state(new WrittenFile(file)));

        Path other = written(random(1301)); // with its own checksums, as from an older backup
        found.put("replaced", state(new WrittenFile(other, 1300, crc32)));
        byte[] equalSize = random(1300);
        equalSize[7]++;
        found.put("replaced by one of the same size", state(new WrittenFile(written(equalSize), 1300, crc32)));

        written(content);
        Files.delete(ChecksumFile.of(file));
        found.put("without checksums", state(new WrittenFile(file)));
        found.put("without checksums, size known", state(new WrittenFile(file, 1300, null)));
        found.put("without checksums, digest known", state(new WrittenFile(file, 1300, crc32)));
        Files.delete(file);
        found.put("gone", state(new WrittenFile(file)));

        assertThat(found)
                .containsExactlyInAnyOrderEntriesOf(Map.ofEntries(
                        Map.entry("whole", "WHOLE"),
                        Map.entry("cut", "DAMAGED its bytes from 1024 to 1289 differ from their checksum"),
                        Map.entry("cut, size known", "DAMAGED it has 1290 bytes instead of 1300"),
                        Map.entry("empty", "DAMAGED it has 0 bytes, and checksums of another size beside it"),
                        Map.entry("replaced", "DAMAGED it has 1301 bytes instead of 1300"),
                        Map.entry("replaced by one of the same size", "DAMAGED its content is not what was written"),
                        Map.entry("without checksums", "UNCHECKED"),
                        Map.entry("without checksums, size known", "UNCHECKED"),
                        Map.entry("without checksums, digest known", "WHOLE"),
                        Map.entry("gone", "DAMAGED it is missing")));
    }

    private static String state(WrittenFile file) throws IOException {
        WrittenFile.Comparison found = file.compare();
        return (found.state() + " " + found.problem()).strip();
    }

    @Test
    void fileIsReadOnceAndAgainWhenItWasWritten() throws Exception {
        byte[] content = random(1300);
        Path file = written(content);
        Path state = folder.resolve("state");
        WrittenFile asWritten =
                new WrittenFile(file, 1300, new TableDigests().ofWritten(file).crc32());

        assertThat(CheckedFiles.in(state).damaged(List.of(asWritten))).isEmpty();
        assertThat(CheckedFiles.in(state).damaged(List.of(asWritten))).isEmpty();
        assertThat(Files.readAllLines(state.resolve("checked_files"))).hasSize(1);

        content[100]++;
        Files.setLastModifiedTime(Files.write(file, content), Files.getLastModifiedTime(ChecksumFile.of(file)));
        assertThat(CheckedFiles.in(state).damaged(List.of(asWritten)))
                .extracting(WrittenFile.Comparison::describe)
                .containsExactly(file + " is damaged: its bytes from 0 to 511 differ from their checksum");
        assertThat(Files.readAllLines(state.resolve("checked_files"))).hasSize(1);
    }

    @Test
    void fileIsComparedWhereTheListCannotBeWritten() throws Exception {
        WrittenFile file = new WrittenFile(written(random(1300)));
        Path state = Files.createFile(folder.resolve("state")); // a file in place of a folder

        assertThat(CheckedFiles.in(state).damaged(List.of(file))).isEmpty();
    }
}
