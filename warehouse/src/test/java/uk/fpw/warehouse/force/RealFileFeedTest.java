package uk.fpw.warehouse.force;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.fpw.warehouse.force.feed.Feed;

/** Declarations for files as written by real systems. */
@Tag("time-zone")
class RealFileFeedTest {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path temp;

    @Test
    void partsOfAKeyThatMayBeEmptyAreNotRequired() {
        TinyFolder folder = new TinyFolder(temp);
        folder.edit(
                "feeds/devices.yml", "key: [device_id]", "key: [device_id, {column: device_type, may_be_empty: true}]");

        Feed feed = ForceFolder.read(temp).feed("devices");

        assertThat(feed.key()).containsExactly("device_id", "device_type");
        assertThat(feed.mayBeEmpty()).containsExactly("device_type");
        assertThat(feed.keyText()).isEqualTo("device_id,device_type");
        assertThat(feed.isKeyedByRow()).isFalse();
        assertThat(feed.column("device_id").required()).isTrue();
        assertThat(feed.column("device_type").required()).isFalse();
    }

    @Test
    void rowsWithoutAKeyAreKnownByWhatTheySayWhichTakesThePseudonymKey() {
        TinyFolder folder = new TinyFolder(temp);
        folder.edit("feeds/devices.yml", "key: [device_id]\nitem: device_id", "key: row\nitem: row");
        folder.edit("feeds/devices.yml", "type: text, privacy: pseudonymise", "type: text, privacy: not_personal");

        Feed feed = ForceFolder.read(temp).feed("devices");

        assertThat(feed.isKeyedByRow()).isTrue();
        assertThat(feed.isItemPerRow()).isTrue();
        assertThat(feed.keyText()).isEqualTo("row");
        assertThat(feed.pseudonymises()).isTrue();
        assertThat(feed.column("device_id").required()).isFalse();
    }

    @Test
    void columnsSayHowTheirTextsAreReadInOrder() {
        TinyFolder folder = new TinyFolder(temp);
        folder.edit(
                "feeds/devices.yml",
                "from: Type, type: text",
                "from: Type, type: text, transform: [collapse_spaces, upper], matches: '[A-Z ]+'");
        folder.edit(
                "feeds/devices.yml",
                "from: Examined, type: date, pattern: dd/MM/yyyy",
                "from: Examined, type: date, pattern: [dd/MM/yyyy, yyyy-MM-dd]");

        Feed feed = ForceFolder.read(temp).feed("devices");

        Feed.Column type = feed.column("device_type");
        assertThat(type.transformed("\u00A0mobile\u00A0 phone")).isEqualTo("MOBILE PHONE");
        assertThat(type.matches()).hasToString("[A-Z ]+");
        assertThat(feed.column("examined_on").patternText()).isEqualTo("'dd/MM/yyyy' or 'yyyy-MM-dd'");
        assertThat(feed.column("received_on").patternText()).isEqualTo("'dd/MM/yyyy'");
        assertThat(feed.column("device_id").patternText()).isNull();
    }
}
