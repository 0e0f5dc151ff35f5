package uk.fpw.warehouse.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import uk.fpw.layout.KeyFormat;
import uk.fpw.warehouse.failure.ExitCode;
import uk.fpw.warehouse.failure.FpwException;

/** Hashes of tombstones, and the key for them. */
class TombstoneKeyTest {

    private static final Pseudonymiser ONE = pseudonymiser("1");
    private static final Pseudonymiser OTHER = pseudonymiser("2");

    @Test
    void keyIsTheSameAfterDecryption() {
        TombstoneKey key = TombstoneKey.create();
        String encrypted = key.encrypt(ONE);

        assertThat(encrypted).hasSize(80).isNotEqualTo(key.encrypt(ONE));
        assertThat(TombstoneKey.decrypt(encrypted, ONE).hasher().ofRow("devices", "A-1"))
                .isEqualTo(key.hasher().ofRow("devices", "A-1"))
                .matches("[0-9a-f]{32}");
        // In both formats of keys, since a warehouse of an early version can be rekeyed.
        Pseudonymiser hex =
                Pseudonymiser.fromEnvironment(Map.of(Pseudonymiser.KEY_VARIABLE, "1".repeat(64)), KeyFormat.HEX);
        assertThat(TombstoneKey.decrypt(encrypted, hex).hasher().ofValue("A-1"))
                .isEqualTo(key.hasher().ofValue("A-1"));
    }

    @Test
    void anotherOrMissingPseudonymKeyIsReported() {
        String encrypted = TombstoneKey.create().encrypt(ONE);

        FpwException other = catchThrowableOfType(FpwException.class, () -> TombstoneKey.decrypt(encrypted, OTHER));
        assertThat(other.exitCode()).isEqualTo(ExitCode.CONFIGURATION);
        assertThat(other)
                .hasMessage("rows were erased from this warehouse under another pseudonym key (this one has the "
                        + "fingerprint " + OTHER.fingerprint() + "), so that it is unknown which rows to keep out; "
                        + "set FPW_PSEUDONYM_KEY or FPW_PSEUDONYM_KEY_FILE to the key of this warehouse");
        assertThat(catchThrowableOfType(
                        FpwException.class, () -> TombstoneKey.decrypt(encrypted, Pseudonymiser.none())))
                .hasMessage("rows were erased from this warehouse, and without the pseudonym key it is unknown which "
                        + "rows to keep out; set FPW_PSEUDONYM_KEY or FPW_PSEUDONYM_KEY_FILE to the key of this "
                        + "warehouse");
    }

    @Test
    void hashDependsOnKeyKindAndFeed() {
        TombstoneKey.Hasher hasher = TombstoneKey.create().hasher();
        assertThat(Set.of(
                        hasher.ofRow("devices", "A"),
                        hasher.ofRow("cases", "A"),
                        hasher.ofRow("", "A"),
                        hasher.ofValue("A"),
                        hasher.ofValue("a"),
                        TombstoneKey.create().hasher().ofValue("A")))
                .hasSize(6);
        assertThat(hasher.ofValue("A")).isNotEqualTo(ONE.apply("A"));
    }

    @Test
    void rowsAndValuesAreRecognisedByTheirOwnHashesOnly() {
        TombstoneKey before = TombstoneKey.create();
        TombstoneKey now = TombstoneKey.create();
        KeptOut.Matcher keptOut = KeptOut.of(
                        "devices",
                        List.of(
                                new KeptOut.Hashes(
                                        before, Set.of(before.hasher().ofRow("devices", "A")), Set.of()),
                                new KeptOut.Hashes(
                                        now,
                                        Set.of(now.hasher().ofRow("cases", "B")),
                                        Set.of(now.hasher().ofValue("C")))))
                .matcher();

        assertThat(keptOut.hasRow("A")).isTrue();
        assertThat(keptOut.hasRow("B")).as("a row of another feed").isFalse();
        assertThat(keptOut.hasRow("C")).isFalse();
        assertThat(keptOut.hasRow(null)).isFalse();
        assertThat(keptOut.hasValue("C")).isTrue();
        assertThat(keptOut.hasValue("A")).isFalse();
        KeptOut.Matcher nothing = KeptOut.nothing().matcher();
        assertThat(nothing.hasRows() || nothing.hasValues()).isFalse();
    }

    private static Pseudonymiser pseudonymiser(String digit) {
        return Pseudonymiser.fromEnvironment(
                Map.of(Pseudonymiser.KEY_VARIABLE, digit.repeat(64)), KeyFormat.OF_NEW_WAREHOUSES);
    }
}
