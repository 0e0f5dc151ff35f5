package uk.fpw.warehouse.store.rewrite;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import uk.fpw.warehouse.privacy.TombstoneKey;
import uk.fpw.warehouse.store.erasure.ListedErasure;
import uk.fpw.warehouse.store.load.key.KeyMapping;

/** Recognition of what was erased without its values. */
class StoredHashesTest {

    private static final String HEX = "0123456789abcdef".repeat(4);
    private static final TombstoneKey KEY = TombstoneKey.create();
    private static final StoredHashes HASHES = hashes(
            new Erasing.Rows(Map.of("devices", Set.of("A-1", HEX + "|7")), Set.of(HEX)),
            Set.of("Ann O'Neil", "Ann O'Neil-Öst", "A-1234", "17"));

    @Test
    void rowsAndPseudonymsAreFoundInBothFormatsOfKeys() {
        assertThat(HASHES.feeds()).containsExactly("devices");
        for (String pseudonym : List.of(HEX, KeyMapping.inBase32(HEX))) {
            assertThat(HASHES.hasPseudonym(pseudonym)).isTrue();
            assertThat(HASHES.hasKey("devices", pseudonym + "|7")).isTrue();
            assertThat(HASHES.hasKey("devices", pseudonym + "|8")).isFalse();
        }
        assertThat(HASHES.hasKey("devices", "A-1")).isTrue();
        assertThat(HASHES.hasKey("exits", "A-1")).isFalse();
        assertThat(HASHES.hasPseudonym("A-1")).isFalse();
    }

    @Test
    void wordsAreErasedAsIfTheyWereKnown() {
        ErasedTexts texts = new ErasedTexts(HASHES, List.of("lab:D0015"));
        assertThat(texts.without("ann o'neil asks for a-1234, 17 and LAB:d0015"))
                .isEqualTo("(erased) asks for (erased), 17 and (erased)");
        assertThat(texts.without("A-12345, XA-1234 and ANN O'NEIL-ÖST")).isEqualTo("A-12345, XA-1234 and (erased)");
        assertThat(texts.without("(" + HEX + ")")).isEqualTo("((erased))");
        assertThat(texts.isIn().test("letter of Ann")).isFalse();
    }

    private static StoredHashes hashes(Erasing.Rows rows, Set<String> words) {
        Instant noon = Instant.parse("2026-05-03T12:00:00Z");
        return new StoredHashes(Map.of(
                new ListedErasure(
                        "1",
                        "kent",
                        Set.of(new UUID(0, 1)),
                        new ListedErasure.Cause("person", null, "s.47", "letter 17", "ann", noon),
                        LocalDate.of(2033, 5, 3),
                        new ListedErasure.Key("k", "f", noon, Map.of("f", "")),
                        "f",
                        List.of(),
                        StoredHashes.of(rows, words, KEY),
                        null),
                KEY));
    }
}
