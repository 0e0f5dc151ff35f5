package uk.fpw.nightly.site;

import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import uk.fpw.warehouse.installation.Installation;
import uk.fpw.warehouse.store.ledger.ReaderConfirmations;

/**
 * Who may read the pages of a warehouse: the group that the installation names, if the same group is confirmed in the
 * database. Otherwise only the user of the runs.
 *
 * @param named group that the installation names; null if it names none
 * @param confirmed group that is confirmed; null if none is
 * @param file path of the installation's file, for messages
 */
public record PageReaders(@Nullable String named, @Nullable String confirmed, String file) {

    /** As the installation and the database say at this moment. */
    public static PageReaders of(Installation installation, DataSource dataSource) {
        return new PageReaders(
                installation.insideReaders(),
                new ReaderConfirmations(dataSource).confirmedGroup(),
                String.valueOf(installation.file() == null ? Installation.DEFAULT_FILE : installation.file()));
    }

    /** The group that may read the pages; null if only the user of the runs may. */
    public @Nullable String group() {
        return named != null && named.equals(confirmed) ? named : null;
    }

    /**
     * Why no group may read the pages and what to do, as a continuation of {@code ... because}; null if one may.
     *
     * @param launcher command that starts fpw in this installation
     */
    public @Nullable String obstacle(String launcher) {
        if (group() != null) {
            return null;
        }
        String confirm = launcher + " readers --confirm --reason TEXT";
        if (named == null) {
            return "no group of readers is named; write 'inside_readers: GROUP' to " + file + ", then run " + confirm;
        }
        return "the group " + named + ", which " + file + " names, is not confirmed"
                + (confirmed == null ? "" : " (" + confirmed + " is)") + "; run " + confirm;
    }
}
