package uk.fpw.warehouse.store.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.fpw.layout.KeyFormat;
import uk.fpw.layout.file.FileDigest;
import uk.fpw.warehouse.failure.ExitCode;
import uk.fpw.warehouse.failure.FpwException;
import uk.fpw.warehouse.privacy.Pseudonymiser;

/** Sealed files: what was written comes back whole, or not at all. */
class EvidenceFolderTest {

    private static final String ID = "4c1e-1";
    private static final int CHUNK = 1 << 16;
    private static final int SEALED_CHUNK = CHUNK + 16;
    private static final int MAGIC = 8;

    @TempDir
    private Path warehouse;

    private final EvidenceKey key = EvidenceKey.create();
    private EvidenceFolder folder;

    @BeforeEach
    void open() {
        folder = new EvidenceFolder(warehouse);
    }

    @Test
    void contentsOfAnySizeComeBack() throws IOException {
        for (int size : new int[] {0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK, 3 * CHUNK + 7}) {
            byte[] contents = random(size);
            FileDigest digest = folder.seal(ID, key, out -> {
                // in parts that do not fit the chunks
                for (int from = 0; from < contents.length; from += 1000) {
                    out.write(contents, from, Math.min(1000, contents.length - from));
                }
            });
            try (InputStream in = folder.open(ID, key)) {
                assertThat(in.readAllBytes()).as("%s bytes", size).isEqualTo(contents);
            }
            assertThat(digest).isEqualTo(FileDigest.ofContent(folder.file(ID)));
        }
    }

    @Test
    void sealedFileContainsNothingInClearAndIsForItsOwnerOnly() throws IOException {
        seal("Sam Canary-1985".getBytes(StandardCharsets.UTF_8));
        assertThat(new String(Files.readAllBytes(folder.file(ID)), StandardCharsets.ISO_8859_1))
                .startsWith("FPWSEAL1")
                .doesNotContain("Canary");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.file(ID))))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(
                        Files.getPosixFilePermissions(folder.file(ID).getParent())))
                .isEqualTo("rwx------");
    }

    @Test
    void sameContentsAreSealedDifferently() throws IOException {
        seal(random(10));
        byte[] first = Files.readAllBytes(folder.file(ID));
        folder.seal(ID, EvidenceKey.create(), out -> out.write(random(10)));
        assertThat(Files.readAllBytes(folder.file(ID))).isNotEqualTo(first);
    }

    @Test
    void everyChangedByteIsNoticed() throws IOException {
        seal(random(100));
        byte[] sealed = Files.readAllBytes(folder.file(ID));
        for (int place = MAGIC; place < sealed.length; place++) {
            byte[] changed = sealed.clone();
            changed[place] ^= 1;
            Files.write(folder.file(ID), changed);
            assertThat(refused(ID, key)).contains(" was changed, or was sealed with another key. ");
        }
        byte[] other = sealed.clone();
        other[0] ^= 1;
        Files.write(folder.file(ID), other);
        assertThat(refused(ID, key)).contains(" is not a sealed file of this version, or its beginning was changed. ");
    }

    @Test
    void changedCutRepeatedAndExchangedChunksAreNoticed() throws IOException {
        seal(random(3 * CHUNK));
        byte[] sealed = Files.readAllBytes(folder.file(ID));
        byte[] first = Arrays.copyOfRange(sealed, MAGIC, MAGIC + SEALED_CHUNK);
        byte[] second = Arrays.copyOfRange(sealed, MAGIC + SEALED_CHUNK, MAGIC + 2 * SEALED_CHUNK);
        byte[] third = Arrays.copyOfRange(sealed, MAGIC + 2 * SEALED_CHUNK, sealed.length);

        write(sealed, first, second);
        assertThat(refused(ID, key)).contains(" is not complete: its end was cut off. ");
        write(sealed, first, second, Arrays.copyOf(third, 100));
        assertThat(refused(ID, key)).contains(" was changed, or its end was cut off. ");
        write(sealed, first, second, Arrays.copyOf(third, 15));
        assertThat(refused(ID, key)).contains(" is not complete: its end was cut off. ");
        write(sealed);
        assertThat(refused(ID, key)).contains(" is not complete: its end was cut off. ");
        write(sealed, second, first, third);
        assertThat(refused(ID, key)).contains(" was changed, or was sealed with another key. ");
        write(sealed, first, first, third);
        assertThat(refused(ID, key)).contains(" was changed, or its end was cut off. ");
        write(sealed, first, second, third, third);
        assertThat(refused(ID, key)).contains(" was changed, or its end was cut off. ");
        write(sealed, first, second, third);
        try (InputStream in = folder.open(ID, key)) {
            assertThat(in.readAllBytes()).isEqualTo(random(3 * CHUNK));
        }
    }

    @Test
    void messageNamesTheFileAndTheRemedy() throws IOException {
        seal(random(10));
        String remedy = ". It is the only copy of the rows in this warehouse: copy the file of the same name from a "
                + "backup (fpw backup FOLDER: FOLDER/files/restricted-evidence) in its place";
        assertThat(refused(ID, EvidenceKey.create()))
                .isEqualTo(folder.file(ID) + " was changed, or was sealed with another key" + remedy);
        Files.move(folder.file(ID), folder.file("other"));
        assertThat(refused("other", key))
                .isEqualTo(folder.file("other") + " was changed, or was sealed with another key" + remedy);
        assertThat(refused(ID, key)).isEqualTo(folder.file(ID) + " is missing" + remedy);
    }

    @Test
    void keyIsStoredUnderThePseudonymKey() {
        Pseudonymiser one = pseudonymiser("1");
        String encrypted = key.encrypt(one);
        assertThat(encrypted).hasSize(80).isNotEqualTo(key.encrypt(one));
        assertThat(EvidenceKey.decrypt(encrypted, one)).isEqualTo(key).hasToString("EvidenceKey");
        Pseudonymiser other = pseudonymiser("2");
        FpwException refused = catchThrowableOfType(FpwException.class, () -> EvidenceKey.decrypt(encrypted, other));
        assertThat(refused.exitCode()).isEqualTo(ExitCode.CONFIGURATION);
        assertThat(refused)
                .hasMessage("the key of a sealed file is encrypted under another pseudonym key (this one has the "
                        + "fingerprint " + other.fingerprint() + "); set FPW_PSEUDONYM_KEY or FPW_PSEUDONYM_KEY_FILE "
                        + "to the key of this warehouse. Nothing was changed");
    }

    @Test
    void whatInterruptedCommandsLeftIsDeleted() throws IOException {
        folder.deleteOthers(Set.of());
        seal(random(10));
        folder.seal("orphan", key, out -> out.write(1));
        Files.write(folder.file(ID).resolveSibling(".half.tmp"), new byte[] {1});
        folder.deleteOthers(Set.of(ID, "not there"));
        try (Stream<Path> files = Files.list(folder.file(ID).getParent())) {
            assertThat(files).containsExactly(folder.file(ID));
        }
        folder.delete(ID);
        folder.delete(ID);
        assertThat(folder.file(ID)).doesNotExist();
    }

    private void seal(byte[] contents) {
        folder.seal(ID, key, out -> out.write(contents));
    }

    /** The beginning of a sealed file with other chunks. */
    private void write(byte[] sealed, byte[]... chunks) throws IOException {
        Files.write(folder.file(ID), Arrays.copyOf(sealed, MAGIC));
        for (byte[] chunk : chunks) {
            Files.write(folder.file(ID), chunk, StandardOpenOption.APPEND);
        }
    }

    private String refused(String id, EvidenceKey with) {
        FpwException refused = catchThrowableOfType(FpwException.class, () -> {
            try (InputStream in = folder.open(id, with)) {
                in.readAllBytes();
            }
        });
        assertThat(refused.exitCode()).isEqualTo(ExitCode.DAMAGED);
        return String.valueOf(refused.getMessage());
    }

    private static byte[] random(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return bytes;
    }

    private static Pseudonymiser pseudonymiser(String digit) {
        return Pseudonymiser.fromEnvironment(
                Map.of(Pseudonymiser.KEY_VARIABLE, digit.repeat(64)), KeyFormat.OF_NEW_WAREHOUSES);
    }
}
