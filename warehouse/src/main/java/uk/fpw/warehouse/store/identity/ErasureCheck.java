package uk.fpw.warehouse.store.identity;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uk.fpw.layout.WarehouseFolder;
import uk.fpw.layout.file.DurableFiles;
import uk.fpw.text.Plural;
import uk.fpw.warehouse.failure.FpwException;
import uk.fpw.warehouse.store.erasure.ErasureList;
import uk.fpw.warehouse.store.erasure.ListedErasure;

/**
 * Compares the erasures that a database has with the list of them that is kept elsewhere. A database that lacks one was
 * restored from a backup made before it, or copied before it.
 */
final class ErasureCheck {

    private static final Logger LOG = LoggerFactory.getLogger(ErasureCheck.class);

    private final ErasureList list;
    private final Path warehouse;

    ErasureCheck(ErasureList list, Path warehouse) {
        this.list = list;
        this.warehouse = warehouse;
    }

    /**
     * The listed erasures that a warehouse lacks, in the order of the list; not restrictions that were lifted.
     *
     * @throws FpwException with {@code CONFIGURATION} if the list cannot be read, or lacks one that was on it
     */
    List<ListedErasure> missing(Connection connection, IdentityTable.Row row) throws SQLException {
        List<ListedErasure> listed = list.of(row.identity().forceCode(), warehouses(row));
        Map<String, Boolean> applied = IdentityTable.erasures(connection);
        Set<String> known = listed.stream().map(ListedErasure::erasureId).collect(Collectors.toSet());
        Set<String> lost = new HashSet<>();
        applied.forEach((id, isListed) -> {
            if (isListed && !known.contains(id)) {
                lost.add(id);
            }
        });
        if (!lost.isEmpty()) {
            throw IdentityCheck.refused("the list of erasures " + list.file() + " lacks "
                    + Plural.of(lost.size(), "erasure") + " of the warehouse in " + warehouse
                    + " that " + (lost.size() == 1 ? "was" : "were")
                    + " on it: it is not that list, or an older copy of it. Nothing was written. Restore the file from "
                    + "its latest copy, or correct " + ErasureList.VARIABLE + "; if it is lost, run "
                    + "'fpw erase --list-lost' for this force folder");
        }
        return listed.stream()
                .filter(erasure -> !applied.containsKey(erasure.erasureId()) && !erasure.isLifted())
                .toList();
    }

    /** Fails if the warehouse lacks an erasure. Programs that know no database then stop, too. */
    void require(Connection connection, IdentityTable.Row row) throws SQLException {
        List<ListedErasure> missing = missing(connection, row);
        if (!missing.isEmpty()) {
            stopQueries();
            throw IdentityCheck.refused(message(missing));
        }
    }

    String message(List<ListedErasure> missing) {
        return "the warehouse in " + warehouse + " lacks " + Plural.of(missing.size(), "erasure") + " ("
                + ErasureList.days(missing) + ") that " + list.file()
                + " lists: it was restored from a backup, or copied, from before "
                + (missing.size() == 1 ? "it" : "them")
                + ", or fpw erase was interrupted. It may contain erased rows, so nothing is done with it. Run "
                + "'fpw erase --again' for this force folder, which applies "
                + (missing.size() == 1 ? "it" : "them") + " again and needs no values";
    }

    static Set<UUID> warehouses(IdentityTable.Row row) {
        return Stream.of(row.identity().id(), row.relocatedFrom())
                .filter(Objects::nonNull)
                .collect(Collectors.toSet());
    }

    /** Leaves a mark in the folder, at which the programs that read files only stop. */
    private void stopQueries() {
        Path mark = new WarehouseFolder(warehouse).missingErasures();
        try {
            if (!Files.exists(mark)) {
                DurableFiles.write(mark, "see fpw erase --again\n".getBytes(StandardCharsets.UTF_8));
            }
        } catch (IOException failed) {
            LOG.warn("fpw query and fpw shell are not stopped, because {} cannot be written", mark, failed);
        }
    }
}
