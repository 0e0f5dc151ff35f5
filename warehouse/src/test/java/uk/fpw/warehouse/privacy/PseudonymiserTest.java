package uk.fpw.warehouse.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.fpw.layout.KeyFormat;

class PseudonymiserTest {

    private static final String HEX = "0b".repeat(32);
    private static final String BASE64 = "CwsLCwsLCwsLCwsLCwsLCwsLCwsLCwsLCwsLCwsLCws=";
    private static final String HOW_TO =
            "create one with 'openssl rand -hex 32', keep it outside the force folder, and set FPW_PSEUDONYM_KEY to "
                    + "it or FPW_PSEUDONYM_KEY_FILE to the path of a file that holds it";

    @TempDir
    Path folder;

    @Test
    void sameKeyGivesSamePseudonymsHoweverItIsWritten() throws Exception {
        Path file = Files.writeString(folder.resolve("key"), HEX + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        Pseudonymiser hex = withHex(Map.of("FPW_PSEUDONYM_KEY", HEX));
        Pseudonymiser base64 = withHex(Map.of("FPW_PSEUDONYM_KEY", BASE64));
        Pseudonymiser fromFile = withHex(Map.of("FPW_PSEUDONYM_KEY_FILE", file.toString()));
        // printf %s 'Hi There' | openssl dgst -sha256 -mac hmac -macopt hexkey:0b...0b
        assertThat(hex.apply("Hi There")).isEqualTo("198a607eb44bfbc69903a0f1cf2bbdc5ba0aa3f3d9ae3c1c7a3b1696a0b68cf7");
        assertThat(base64.apply("Hi There")).isEqualTo(hex.apply("Hi There"));
        assertThat(fromFile.apply("Hi There")).isEqualTo(hex.apply("Hi There"));
        assertThat(hex.fingerprint()).isEqualTo(base64.fingerprint()).matches("[0-9a-f]{16}");
    }

    /** A program that knows only hex finds a different fingerprint and loads nothing. */
    @Test
    void fingerprintTellsTheFormatOfThePseudonyms() {
        Map<String, String> environment = Map.of("FPW_PSEUDONYM_KEY", HEX);
        Pseudonymiser base32 = Pseudonymiser.fromEnvironment(environment, KeyFormat.BASE32);
        // ... | xxd -r -p | head -c 16 | base32 | tr A-Z a-z
        assertThat(base32.apply("Hi There")).isEqualTo("dgfga7vujp54ngidudy46k55yu");
        assertThat(base32.fingerprint())
                .isEqualTo(withHex(environment).fingerprint() + "-base32")
                .isEqualTo("31f54a10c3653117-base32");
    }

    @Test
    void keysAreComparedWhateverTheFormat() {
        assertThat(Pseudonymiser.isSameKey("4cb2c3cc7cbc6fca", "4cb2c3cc7cbc6fca-base32"))
                .isTrue();
        assertThat(Pseudonymiser.isSameKey("4cb2c3cc7cbc6fca-base32", "4cb2c3cc7cbc6fcb-base32"))
                .isFalse();
    }

    @Test
    void noKeyIsNoErrorUntilOneIsNeeded() {
        Pseudonymiser none = withHex(Map.of());
        assertThat(none.fingerprint()).isNull();
        assertThatThrownBy(() -> none.require("feeds/people.yml: column 'name'"))
                .hasMessage("feeds/people.yml: column 'name' is declared 'privacy: pseudonymise', but there is no "
                        + "pseudonym key; "
                        + HOW_TO);
    }

    @Test
    void badKeysAreReportedWithoutShowingThem() {
        assertThatThrownBy(() -> withHex(Map.of("FPW_PSEUDONYM_KEY", "0b0b")))
                .hasMessage("FPW_PSEUDONYM_KEY contains a pseudonym key of 2 bytes, which is too short (at least 32); "
                        + HOW_TO);
        assertThatThrownBy(() -> withHex(Map.of("FPW_PSEUDONYM_KEY", "correct horse")))
                .hasMessage("FPW_PSEUDONYM_KEY contains a pseudonym key that is neither hex nor base64; " + HOW_TO)
                .hasNoCause();
        assertThatThrownBy(() -> withHex(Map.of("FPW_PSEUDONYM_KEY_FILE", "/no/such/key")))
                .hasMessage("FPW_PSEUDONYM_KEY_FILE=/no/such/key cannot be read; specify a file that contains "
                        + "the pseudonym key and that this user can read");
        assertThatThrownBy(() -> withHex(Map.of("FPW_PSEUDONYM_KEY", HEX, "FPW_PSEUDONYM_KEY_FILE", "/no/such/key")))
                .hasMessage("FPW_PSEUDONYM_KEY and FPW_PSEUDONYM_KEY_FILE are both set; unset one of them");
    }

    private static Pseudonymiser withHex(Map<String, String> environment) {
        return Pseudonymiser.fromEnvironment(environment, KeyFormat.HEX);
    }
}
