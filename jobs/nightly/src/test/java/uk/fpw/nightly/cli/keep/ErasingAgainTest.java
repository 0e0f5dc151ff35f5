package uk.fpw.nightly.cli.keep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import uk.fpw.layout.KeyFormat;
import uk.fpw.warehouse.failure.FpwException;
import uk.fpw.warehouse.privacy.Pseudonymiser;
import uk.fpw.warehouse.privacy.TombstoneKey;
import uk.fpw.warehouse.store.erasure.ListedErasure;

/** Which erasures are applied again with which keys. */
class ErasingAgainTest {

    private static final String FORMER = "1".repeat(64);
    private static final String PRESENT = "2".repeat(64);

    @Test
    void withOneKeyAllAreAppliedWithIt() {
        ErasingAgain again = of(List.of(erasure(PRESENT, PRESENT)), PRESENT, PRESENT, null);
        assertThat(again.erasures()).hasSize(1);
        assertThat(again.later()).isEmpty();
        assertThat(again.key().fingerprint()).isEqualTo(fingerprint(PRESENT));
        assertThat(again.description()).isEqualTo("1 erasure (2026-05-03)");
    }

    @Test
    void afterTheKeyWasReplacedThoseOfTheFormerKeyComeFirst() {
        ListedErasure before = erasure(FORMER, PRESENT);
        ListedErasure after = erasure(PRESENT, PRESENT);

        ErasingAgain again = of(List.of(before, after), FORMER, PRESENT, FORMER);
        assertThat(again.erasures().keySet()).containsExactly(before);
        assertThat(again.later()).containsExactly(after);
        assertThat(again.key().fingerprint()).isEqualTo(fingerprint(FORMER));

        // the keys of the restored warehouse are replaced next
        assertThat(of(List.of(after), PRESENT, PRESENT, FORMER).erasures().keySet())
                .containsExactly(after);
        assertThat(problem(List.of(after), FORMER, PRESENT, FORMER))
                .contains("the erasures of 2026-05-03 were made after the pseudonym key was replaced")
                .contains("'fpw rekey --confirm'; then 'fpw erase --again' again");
    }

    @Test
    void missingKeyIsNamed() {
        assertThat(problem(List.of(erasure(FORMER, PRESENT)), FORMER, FORMER, null))
                .contains("is listed under the pseudonym key with fingerprint "
                        + Pseudonymiser.withoutFormat(fingerprint(PRESENT)) + ", which is not given");
        assertThat(problem(List.of(erasure(FORMER, PRESENT)), FORMER, PRESENT, null))
                .contains("contains the pseudonym key of the last load (fingerprint " + fingerprint(FORMER) + ")");
    }

    private static String problem(
            List<ListedErasure> missing, String recorded, String present, @Nullable String former) {
        return String.valueOf(catchThrowableOfType(FpwException.class, () -> of(missing, recorded, present, former))
                .getMessage());
    }

    private static ErasingAgain of(
            List<ListedErasure> missing, String recorded, String present, @Nullable String former) {
        return ErasingAgain.of(
                missing,
                fingerprint(recorded),
                former == null
                        ? Map.of(Pseudonymiser.KEY_VARIABLE, present)
                        : Map.of(Pseudonymiser.KEY_VARIABLE, present, Pseudonymiser.FORMER_KEY_VARIABLE, former),
                KeyFormat.BASE32);
    }

    private static ListedErasure erasure(String madeUnder, String encryptedUnder) {
        Instant noon = Instant.parse("2026-05-03T12:00:00Z");
        return new ListedErasure(
                "of " + madeUnder,
                "kent",
                Set.of(new UUID(0, 1)),
                new ListedErasure.Cause("person", null, "s.47", "letter 17", "ann", noon),
                LocalDate.of(2033, 5, 3),
                new ListedErasure.Key(
                        "k",
                        "f",
                        noon,
                        Map.of(
                                Pseudonymiser.withoutFormat(fingerprint(encryptedUnder)),
                                TombstoneKey.create().encrypt(pseudonymiser(encryptedUnder)))),
                Pseudonymiser.withoutFormat(fingerprint(madeUnder)),
                List.of(),
                new ListedErasure.Stored(Map.of(), Set.of(), Map.of()),
                null);
    }

    private static String fingerprint(String key) {
        return String.valueOf(pseudonymiser(key).fingerprint());
    }

    private static Pseudonymiser pseudonymiser(String key) {
        return Pseudonymiser.fromEnvironment(Map.of(Pseudonymiser.KEY_VARIABLE, key), KeyFormat.BASE32);
    }
}
