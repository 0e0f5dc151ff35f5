package uk.fpw.warehouse.store.identity;

import org.jspecify.annotations.Nullable;
import uk.fpw.warehouse.failure.FpwException;

/** What cannot be done yet with a warehouse whose tables are in an object store, and what to do instead. */
public enum ObjectStoreLimit {
    /** {@code fpw relocate}. */
    RELOCATE(
            "fpw relocate",
            "leave storage.warehouse and storage.tables as they are, or begin a new warehouse in another folder and "
                    + "load again"),

    /** {@code fpw backup} and {@code fpw restore}. */
    BACKUP(
            "fpw backup and fpw restore",
            "let the store keep versions of its objects, and back up the database and the warehouse folder at a time "
                    + "without a run"),

    /** {@code fpw rekey}. */
    REKEY("fpw rekey", "begin a new warehouse in another folder with the new key, and load again"),

    /** {@code fpw erase}, {@code fpw restrict} and {@code fpw retain}. */
    ERASE(
            "fpw erase, fpw restrict and fpw retain",
            "remove the rows at the source, begin a new warehouse in another folder, load again, and delete the "
                    + "objects of this one with all their versions");

    private final String command;
    private final String remedy;

    ObjectStoreLimit(String command, String remedy) {
        this.command = command;
        this.remedy = remedy;
    }

    /**
     * Fails if the tables of a warehouse are in an object store.
     *
     * @param tables URL of the tables; null if they are in the warehouse folder
     * @throws FpwException with {@code CONFIGURATION}
     */
    public void refuse(@Nullable String tables) {
        if (tables != null) {
            throw FpwException.configuration("the tables of this warehouse are in " + tables
                    + ", for which there is no " + command + " yet; nothing was changed. Instead, " + remedy);
        }
    }
}
