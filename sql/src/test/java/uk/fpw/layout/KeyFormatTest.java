package uk.fpw.layout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class KeyFormatTest {

    /** From Python: {@code base64.b32encode(hashlib.sha256('Zoë'.encode()).digest()[:16]).decode().lower()[:26]}. */
    @Test
    void keysAreTheHashOfATextInUtf8() {
        assertThat(KeyFormat.HEX.keyOf("Zoë"))
                .isEqualTo("c6a12698582fc1104ea24107a2d7268145ff06ef859707729d01fd060897f067");
        assertThat(KeyFormat.BASE32.keyOf("Zoë")).isEqualTo("y2qsngcyf7aratvcied2fvzgqe");
        assertThat(KeyFormat.BASE32.keyOf("")).isEqualTo("4oymiquy7qobjgx36tejs35zeq");
    }

    @Test
    void twentySixCharactersAreSixteenBytes() {
        byte[] hash = new byte[32];
        assertThat(KeyFormat.BASE32.key(hash)).isEqualTo("a".repeat(26));
        Arrays.fill(hash, (byte) -1);
        assertThat(KeyFormat.BASE32.key(hash)).isEqualTo("7".repeat(25) + "4");
        assertThat(KeyFormat.BASE32.key(HexFormat.of().parseHex("00112233445566778899aabbccddeeff" + "00".repeat(16))))
                .isEqualTo(KeyFormat.BASE32.key(HexFormat.of().parseHex("00112233445566778899aabbccddeeff")))
                .isEqualTo("aaisem2ekvthpcezvk54zxpo74");
    }

    @Test
    void textOfANewerVersionIsNoFormat() {
        assertThat(KeyFormat.of("hex")).isEqualTo(KeyFormat.HEX);
        assertThat(KeyFormat.of("base32").toString()).isEqualTo("base32");
        assertThatThrownBy(() -> KeyFormat.of("base64"))
                .hasMessage("'base64' is not a key format; use the version of fpw that wrote it, or a newer one");
    }
}
