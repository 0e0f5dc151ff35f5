package uk.fpw.warehouse.store.look;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import uk.fpw.layout.WarehouseFolder;
import uk.fpw.layout.look.LookFile;
import uk.fpw.layout.look.LookFolder;
import uk.fpw.layout.look.LookRecord;
import uk.fpw.warehouse.failure.FpwException;
import uk.fpw.warehouse.store.ledger.LookLedger;
import uk.fpw.warehouse.store.ledger.LookLedger.Line;

/**
 * Erases the texts of records of reads: in the database they are replaced, each record keeping its hash, and the files
 * from which they were imported are deleted.
 */
public final class ErasedLooks {

    private final DataSource dataSource;
    private final Path warehouse;
    private final LookLedger ledger;
    private final LookFolder folder;
    private final Clock clock;

    /** The records of a warehouse. */
    public ErasedLooks(DataSource dataSource, Path warehouse, Clock clock) {
        this.dataSource = dataSource;
        this.warehouse = warehouse;
        this.ledger = new LookLedger(dataSource);
        this.folder = new LookFolder(new WarehouseFolder(warehouse));
        this.clock = clock;
    }

    /**
     * Imports all records, since their texts are erased in the database only.
     *
     * @throws FpwException with {@code CONFIGURATION} if a session that may still run has recorded such a text
     */
    public void prepare(Predicate<String> isErased) {
        new LookImport(dataSource, warehouse, clock).run();
        try {
            for (Path path : folder.files()) {
                LookFile file = LookFile.read(path);
                boolean isIn = isErased.test(file.rest())
                        || file.lines().stream().anyMatch(line -> isErased.test(line.text()));
                if (isIn && mayGrow(path, last(file))) {
                    throw FpwException.configuration("session " + file.session() + " of " + file.owner()
                            + " may still be running, and names what is to be erased in its record of reads ("
                            + path + "). Nothing was changed; end the session, or wait an hour, and run again");
                }
            }
        } catch (IOException failed) {
            throw unreadable(failed);
        }
    }

    /** Deletes the files of which a text was erased in the database. */
    public void deleteFiles() {
        try {
            for (Path path : folder.files()) {
                LookFile file = LookFile.read(path);
                Map<Integer, List<Line>> copies = ledger.lines(file.session()).stream()
                        .collect(Collectors.groupingBy(Line::copy, TreeMap::new, Collectors.toList()));
                for (List<Line> imported : copies.values()) {
                    if (isErasedIn(imported, file)) {
                        end(imported);
                        Files.deleteIfExists(path);
                        break;
                    }
                }
            }
        } catch (IOException failed) {
            throw unreadable(failed);
        }
    }

    /** Whether the imported lines are those of the file, and the text of one was erased. */
    private boolean isErasedIn(List<Line> imported, LookFile file) {
        List<Line> lines = LookImport.lines(file, 1, clock.instant());
        boolean isErased = false;
        for (int i = 0; i < Math.min(lines.size(), imported.size()); i++) {
            if (!imported.get(i).isImportOf(lines.get(i))) {
                return false;
            }
            isErased |= imported.get(i).isErased();
        }
        return isErased;
    }

    /** Without its file a session that did not end is one whose file was deleted after its time. */
    private void end(List<Line> imported) {
        Line last = imported.get(imported.size() - 1);
        if (!last.kind().equals(LookRecord.Kind.CLOSED.word()) && !last.kind().equals(LookLedger.ABANDONED)) {
            ledger.add(List.of(Line.abandoned(last, clock.instant())));
        }
    }

    private boolean mayGrow(Path path, @Nullable LookRecord last) throws IOException {
        return (last == null || last.kind() != LookRecord.Kind.CLOSED)
                && !Files.getLastModifiedTime(path)
                        .toInstant()
                        .isBefore(clock.instant().minus(LookVerification.WRITTEN_WITHIN));
    }

    private static @Nullable LookRecord last(LookFile file) {
        return file.lines().isEmpty()
                ? null
                : file.lines().get(file.lines().size() - 1).record();
    }

    private static FpwException unreadable(IOException failed) {
        return FpwException.unavailable("the records of reads cannot be read: " + failed.getMessage(), failed);
    }
}
