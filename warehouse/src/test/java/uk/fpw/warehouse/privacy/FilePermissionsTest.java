package uk.fpw.warehouse.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import uk.fpw.layout.KeyFormat;

class FilePermissionsTest {

    private static final String KEY = "0b".repeat(32);

    @TempDir
    private Path folder;

    @Test
    void newWarehouseIsClosedToOthers() throws IOException {
        Path warehouse = folder.resolve("var/warehouse");
        assertThat(FilePermissions.closeWarehouse(warehouse)).isNull();
        assertThat(rights(warehouse)).endsWith("---").startsWith("rwx");
        assertThat(FilePermissions.closeWarehouse(warehouse)).isNull();
    }

    @Test
    void openWarehouseIsClosedAndToldOf() throws IOException {
        Path warehouse = Files.createDirectory(folder.resolve("warehouse"));
        Files.setPosixFilePermissions(warehouse, PosixFilePermissions.fromString("rwxr-xr-x"));
        assertThat(FilePermissions.closeWarehouse(warehouse))
                .isEqualTo("the warehouse folder " + warehouse
                        + " was accessible to every user of this machine (rwxr-xr-x); this access was removed "
                        + "(rwxr-x---)");
        assertThat(rights(warehouse)).isEqualTo("rwxr-x---");
    }

    @Test
    void warehouseOfAnotherUserIsRefusedWithBothNames() throws IOException {
        String owner = Files.getOwner(folder).getName();
        UserPrincipal other = () -> "somebody";
        UserPrincipal root = () -> "root";

        assertThatThrownBy(() -> FilePermissions.requireOwnWarehouse(folder, other))
                .hasMessage("the warehouse " + folder + " belongs to " + owner
                        + ", and this is somebody. Nothing was written. Run it as its owner (sudo -u " + owner
                        + " fpw ...). If it belongs to the wrong user, change the owner (chown -R)");
        Path missing = folder.resolve("var/warehouse");
        assertThatThrownBy(() -> FilePermissions.requireOwnWarehouse(missing, root))
                .hasMessage(folder + ", where the warehouse " + missing + " would be, belongs to " + owner
                        + ", and this is root. Nothing was written. Run it as its owner (sudo -u " + owner
                        + " fpw ...), or create that folder first, if it is to belong to root. If it belongs to the "
                        + "wrong user, change the owner (chown -R)");
        assertThatCode(() -> FilePermissions.requireOwnWarehouse(missing, other))
                .doesNotThrowAnyException();
        assertThatCode(() -> FilePermissions.requireOwnWarehouse(folder)).doesNotThrowAnyException();
    }

    @Test
    void embeddedDatabaseThatOthersCouldHaveWrittenIsNotOpened() throws IOException {
        Path database = folder.resolve("fpw.mv.db");
        assertThatCode(() -> FilePermissions.requireOwn(database)).doesNotThrowAnyException();
        Files.createFile(database);
        assertThatCode(() -> FilePermissions.requireOwn(database)).doesNotThrowAnyException();
        Files.setPosixFilePermissions(database, PosixFilePermissions.fromString("rw-rw-rw-"));
        assertThatThrownBy(() -> FilePermissions.requireOwn(database))
                .hasMessage("the embedded database " + database
                        + " is writable by every user of this machine, and such a file can contain "
                        + "code that runs when it is opened; check that nobody has changed it, then "
                        + "remove the access: chmod o-rwx "
                        + database);
        Path link = Files.createSymbolicLink(folder.resolve("link.mv.db"), database);
        assertThatThrownBy(() -> FilePermissions.requireOwn(link))
                .hasMessage("the embedded database " + link
                        + " is a link, and such a file can contain code that runs when it is opened; copy "
                        + "the file itself there");
    }

    @ParameterizedTest
    @ValueSource(strings = {"r--------", "rw-------", "r--r-----", "rw-r-----"})
    void keyFileThatIsClosedIsRead(String rights) throws IOException {
        assertThat(fromFile(rights).fingerprint()).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-r--r--", "rw----r--", "rw--w----", "rw-rw----", "rw-----w-"})
    void keyFileThatIsOpenIsRefused(String rights) throws IOException {
        Path file = folder.resolve("key");
        assertThatThrownBy(() -> fromFile(rights))
                .hasMessage("FPW_PSEUDONYM_KEY_FILE=" + file + " is accessible to others (" + rights
                        + "): only its owner may write to it, and only its group may read "
                        + "it; restrict it (chmod 600 "
                        + file + "), and if others have used this machine, treat the key as compromised");
    }

    private Pseudonymiser fromFile(String rights) throws IOException {
        Path file = Files.writeString(folder.resolve("key"), KEY);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(rights));
        return Pseudonymiser.fromEnvironment(
                Map.of(Pseudonymiser.KEY_FILE_VARIABLE, file.toString()), KeyFormat.BASE32);
    }

    private static String rights(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
