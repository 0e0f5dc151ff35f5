package uk.fpw.warehouse.store.load.key;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class KeyMappingTest {

    private static final String OLD = "00112233445566778899aabbccddeeff" + "0123456789abcdef".repeat(2);
    private static final String NEW = "aaisem2ekvthpcezvk54zxpo74";
    private static final String OTHER = "ff".repeat(32);

    private KeyMapping keys = new KeyMapping(new IndexMemory("keys", IndexMemory.Limit.ofThisProcess()));

    @BeforeEach
    void oneKeyOfAPersonAndOneOfARow() {
        keys = new KeyMapping(new IndexMemory("keys", IndexMemory.Limit.ofThisProcess()));
        keys.put(OLD, HexFormat.of().parseHex(OLD));
        keys.put(OLD.substring(0, 32), HexFormat.of().parseHex(OLD));
        keys.put(NEW, HexFormat.of().parseHex(OTHER));
    }

    @Test
    void keyIsFoundWhereverItStandsAlone() {
        assertThat(keys.text(OLD)).isEqualTo(NEW);
        assertThat(keys.text("dfu:" + OLD)).isEqualTo("dfu:" + NEW);
        assertThat(keys.text(OLD + "|2016-01-01|" + OLD)).isEqualTo(NEW + "|2016-01-01|" + NEW);
        assertThat(keys.text(OLD.substring(0, 32) + "|2")).isEqualTo(NEW + "|2");
        assertThat(keys.text("lab:" + NEW)).isEqualTo("lab:" + "7".repeat(25) + "4");
    }

    @Test
    void whatIsNoKeyOfTheMappingStays() {
        for (String text : new String[] {
            "", "computer", OTHER, "dfu:" + OTHER, OLD + "0", "x" + OLD, OLD.substring(1), OLD.toUpperCase(Locale.ROOT)
        }) {
            assertThat(keys.text(text)).isSameAs(text);
        }
        assertThat(keys.text(OTHER + " and " + OLD)).isEqualTo(OTHER + " and " + NEW);
    }

    @Test
    void ofTwoKeysThatWouldBecomeOneTheSecondIsNoticed() {
        String second = "aa".repeat(32);
        keys.put(second, HexFormat.of().parseHex(OLD));
        assertThat(keys.claim(OLD)).isTrue();
        assertThat(keys.claim(OLD)).isTrue();
        assertThat(keys.claim(OTHER)).as("without a new key").isTrue();
        assertThat(keys.claim(second)).isFalse();
    }

    @Test
    void everyKeyInHexadecimalHasOneInBase32() {
        assertThat(KeyMapping.inBase32(OLD + "|" + OLD.substring(0, 32) + "|DFU/1"))
                .isEqualTo(NEW + "|" + NEW + "|DFU/1");
        assertThat(KeyMapping.inBase32(OLD + "0")).isEqualTo(OLD + "0");
    }
}
