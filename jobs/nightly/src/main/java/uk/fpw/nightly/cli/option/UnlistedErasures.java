package uk.fpw.nightly.cli.option;

import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import uk.fpw.text.Plural;
import uk.fpw.warehouse.store.erasure.ErasureList;
import uk.fpw.warehouse.store.ledger.Erasures;

/** Says of which erasures restored backups cannot be recognised. */
public final class UnlistedErasures {

    private UnlistedErasures() {}

    /** One line, without a capital at its beginning; null if all erasures are on a list, or there is none. */
    public static @Nullable String note(DataSource dataSource, Map<String, String> environment) {
        List<Erasures.Erasure> all = new Erasures(dataSource).list();
        if (all.isEmpty()) {
            return null;
        }
        if (ErasureList.fromEnvironment(environment) == null) {
            return "rows were erased from the warehouse, but restored backups are not recognised, since no list of "
                    + "erasures is kept; " + ErasureList.howToKeepOne();
        }
        long unlisted = new Erasures(dataSource).unlistedCount();
        return unlisted == 0
                ? null
                : Plural.of(unlisted, "erasure") + " of the warehouse " + (unlisted == 1 ? "is" : "are")
                        + " on no list, so that backups made before are not recognised when they are restored; delete "
                        + "these backups";
    }
}
