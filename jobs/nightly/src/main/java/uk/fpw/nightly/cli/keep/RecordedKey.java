package uk.fpw.nightly.cli.keep;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import uk.fpw.warehouse.failure.DatabaseErrors;
import uk.fpw.warehouse.failure.FpwException;
import uk.fpw.warehouse.privacy.Pseudonymiser;
import uk.fpw.warehouse.store.catalog.WarehouseCatalog;
import uk.fpw.warehouse.store.identity.KeySwitch;
import uk.fpw.warehouse.store.load.Load;

/** The pseudonym key that a warehouse was loaded with. */
final class RecordedKey {

    private RecordedKey() {}

    /** Fingerprint of the key by which values were pseudonymised; null if none were. */
    static @Nullable String fingerprint(HikariDataSource dataSource) {
        try (Connection connection = dataSource.getConnection()) {
            String found = null;
            for (var table : KeySwitch.metadataFiles(connection).entrySet()) {
                if (table.getKey().startsWith(WarehouseCatalog.RAW + ".")) {
                    String last = Load.keyFingerprint(table.getValue());
                    found = last == null ? found : last;
                }
            }
            return found;
        } catch (SQLException failed) {
            throw FpwException.unavailable(
                    "the database does not respond: " + DatabaseErrors.reason(failed) + "; run again", failed);
        }
    }

    /** Whether both are known and of different keys. */
    static boolean isOther(@Nullable String recorded, @Nullable String given) {
        return recorded != null && given != null && !Pseudonymiser.isSameKey(recorded, given);
    }
}
