package uk.fpw.warehouse.store.erasure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.fpw.layout.KeyFormat;
import uk.fpw.warehouse.failure.ExitCode;
import uk.fpw.warehouse.failure.FpwException;
import uk.fpw.warehouse.privacy.Pseudonymiser;
import uk.fpw.warehouse.privacy.TombstoneKey;

/** The list of erasures beside the pseudonym key. */
class ErasureListTest {

    private static final UUID WAREHOUSE = new UUID(0, 1);
    private static final UUID COPY = new UUID(0, 2);
    private static final Pseudonymiser FORMER = pseudonymiser("1");
    private static final Pseudonymiser KEY = pseudonymiser("2");
    private static final TombstoneKey HASHES = TombstoneKey.create();

    @TempDir
    private Path folder;

    private ErasureList list;

    @BeforeEach
    void set() {
        list = new ErasureList(folder.resolve("keys/erasures.json"));
    }

    @Test
    void itIsTheNamedFileOrBesideThatOfTheKey() throws IOException {
        Path real = folder.toRealPath();
        assertThat(file(Map.of())).isNull();
        assertThat(file(Map.of("FPW_PSEUDONYM_KEY", "1".repeat(64)))).isNull();
        assertThat(file(Map.of("FPW_PSEUDONYM_KEY_FILE", folder.resolve("key").toString())))
                .isEqualTo(real.resolve("fpw-erasures.json"));
        assertThat(file(Map.of(
                        "FPW_PSEUDONYM_KEY_FILE",
                        folder.resolve("key").toString(),
                        "FPW_ERASURES_FILE",
                        folder.resolve("list").toString())))
                .isEqualTo(real.resolve("list"));
    }

    private static @Nullable Path file(Map<String, String> environment) {
        ErasureList found = ErasureList.fromEnvironment(environment);
        return found == null ? null : found.file();
    }

    @Test
    void erasuresAreReadAsWrittenAndOnlyByTheOwner() throws IOException {
        assertThat(list.read()).isEmpty();
        list.add(erasure("1"));
        list.add(erasure("2"));
        list.add(erasure("1"));

        assertThat(list.read()).containsExactly(erasure("2"), erasure("1"));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(list.file())))
                .isEqualTo("rw-------");
        assertThat(erasure("1")).hasToString("erasure 1");
        try (var files = Files.list(folder.resolve("keys"))) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder("erasures.json", ".erasures.json.lock");
        }
    }

    @Test
    void onlyTheErasuresOfAWarehouseAndItsOriginalAreItsOwn() {
        list.add(erasure("1"));
        assertThat(list.of("kent", List.of(WAREHOUSE, COPY))).containsExactly(erasure("1"));
        assertThat(list.of("kent", List.of(COPY))).isEmpty();
        assertThat(list.of("surrey", List.of(WAREHOUSE))).isEmpty();

        list.noteApplied(Set.of("1"), COPY);
        assertThat(list.of("kent", List.of(COPY))).hasSize(1);
    }

    @Test
    void whileThePseudonymKeyIsReplacedEitherOneReadsTheKeyOfTheHashes() {
        list.add(erasure("1"));
        list.encryptAlso("kent", List.of(WAREHOUSE), FORMER, KEY);
        for (Pseudonymiser under : List.of(FORMER, KEY)) {
            assertThat(list.read().get(0).decrypted(List.of(under)).hasher().ofWord("a"))
                    .isEqualTo(HASHES.hasher().ofWord("a"));
        }

        list.encryptOnly("kent", List.of(WAREHOUSE), KEY);
        ListedErasure after = list.read().get(0);
        assertThat(after.decrypted(List.of(Pseudonymiser.none(), KEY)).hasher().ofWord("a"))
                .isEqualTo(HASHES.hasher().ofWord("a"));
        assertThat(catchThrowableOfType(FpwException.class, () -> after.decrypted(List.of(FORMER))))
                .hasMessage("the erasure of 2026-05-03 is listed under the pseudonym key with fingerprint "
                        + Pseudonymiser.withoutFormat(String.valueOf(KEY.fingerprint()))
                        + ", which is not given; set FPW_PSEUDONYM_KEY (or its file) to that key and, if this "
                        + "warehouse has another one, "
                        + "FPW_FORMER_PSEUDONYM_KEY (or its file) to the key of this warehouse");
        assertThat(after.isMadeUnder(FORMER.fingerprint())).isTrue();

        // Of a warehouse that does not have that key, nothing is lost.
        list.encryptOnly("kent", List.of(WAREHOUSE), FORMER);
        assertThat(list.read()).containsExactly(after);
    }

    @Test
    void damagedFileOrOneOfALaterVersionIsAnErrorAndNotEmpty() throws IOException {
        list.add(erasure("1"));
        String written = Files.readString(list.file());
        for (String damaged : List.of(
                "",
                written.substring(0, written.length() / 2),
                written.replaceFirst("\"hash\" : \"..", "\"hash\" : \"00"),
                written.replace("\"kent\"", "\"surrey\""))) {
            Files.writeString(list.file(), damaged);
            assertThat(problem())
                    .contains("the list of erasures " + list.file() + " cannot be read: it is damaged")
                    .contains("restore the file from its copy");
            assertThat(catchThrowableOfType(FpwException.class, () -> list.add(erasure("2"))))
                    .isNotNull();
        }
        Files.writeString(list.file(), written.replace("\"format\" : 1", "\"format\" : 3"));
        assertThat(problem()).contains("cannot be read: its format 3 is that of a later version of fpw");

        Files.writeString(list.file(), written);
        Files.setPosixFilePermissions(list.file(), PosixFilePermissions.fromString("rw-r--r--"));
        assertThat(problem()).contains("is accessible to others (rw-r--r--)");
    }

    @Test
    void folderThatCannotBeWrittenIsReported() throws IOException {
        Files.writeString(folder.resolve("keys"), "a file");
        FpwException failed = catchThrowableOfType(FpwException.class, () -> list.add(erasure("1")));
        assertThat(failed.exitCode()).isEqualTo(ExitCode.CONFIGURATION);
        assertThat(failed).hasMessageContaining("cannot be written").hasMessageContaining("set FPW_ERASURES_FILE");
    }

    private String problem() {
        FpwException failed = catchThrowableOfType(FpwException.class, () -> list.read());
        assertThat(failed.exitCode()).isEqualTo(ExitCode.CONFIGURATION);
        return String.valueOf(failed.getMessage());
    }

    private static final String ENCRYPTED = HASHES.encrypt(FORMER);

    private static ListedErasure erasure(String id) {
        return new ListedErasure(
                id,
                "kent",
                Set.of(WAREHOUSE),
                new ListedErasure.Cause(
                        "row", "devices", "s.47", "letter 17", "ann", Instant.parse("2026-05-03T10:00:00Z")),
                LocalDate.of(2033, 5, 3),
                new ListedErasure.Key(
                        "k",
                        Pseudonymiser.withoutFormat(String.valueOf(FORMER.fingerprint())),
                        Instant.parse("2026-05-03T10:00:00Z"),
                        Map.of(Pseudonymiser.withoutFormat(String.valueOf(FORMER.fingerprint())), ENCRYPTED)),
                Pseudonymiser.withoutFormat(String.valueOf(FORMER.fingerprint())),
                List.of(
                        new ListedErasure.Tombstone("row", "devices", "ab".repeat(16), "[UPPER]"),
                        new ListedErasure.Tombstone("value", null, "cd".repeat(16), null)),
                new ListedErasure.Stored(
                        Map.of("devices", Set.of("ef".repeat(16))), Set.of("01".repeat(16)), Map.of(8, Set.of("w"))),
                null);
    }

    private static Pseudonymiser pseudonymiser(String digit) {
        return Pseudonymiser.fromEnvironment(Map.of(Pseudonymiser.KEY_VARIABLE, digit.repeat(64)), KeyFormat.BASE32);
    }
}
