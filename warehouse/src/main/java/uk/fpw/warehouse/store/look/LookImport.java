package uk.fpw.warehouse.store.look;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uk.fpw.layout.WarehouseFolder;
import uk.fpw.layout.look.LookFile;
import uk.fpw.layout.look.LookFolder;
import uk.fpw.layout.look.LookRecord;
import uk.fpw.warehouse.failure.FpwException;
import uk.fpw.warehouse.store.ledger.LookLedger;
import uk.fpw.warehouse.store.ledger.LookLedger.Line;

/**
 * Imports the files of sessions, finished or still growing, and deletes files whose content was imported long ago.
 * Imports whatever the files contain; {@link LookVerification} says what is wrong with it.
 */
public final class LookImport {

    /** How long a file stays after its last change. */
    public static final Duration KEPT = Duration.ofDays(30);

    private static final Logger LOG = LoggerFactory.getLogger(LookImport.class);

    private final LookLedger ledger;
    private final LookFolder folder;
    private final Clock clock;

    /** Imports the records of a warehouse into its database. */
    public LookImport(DataSource dataSource, Path warehouse, Clock clock) {
        this.ledger = new LookLedger(dataSource);
        this.folder = new LookFolder(new WarehouseFolder(warehouse));
        this.clock = clock;
    }

    /**
     * Imports new lines; creates the folder if necessary. Several processes may import at the same time.
     *
     * @return the number of lines
     * @throws FpwException with {@code UNAVAILABLE} if the folder cannot be read or written
     */
    public int run() {
        int imported = 0;
        long greatest = ledger.latestSession();
        try {
            folder.create();
            for (Path file : folder.files()) {
                greatest = Math.max(greatest, LookFolder.session(file));
                imported += importFile(file);
            }
            if (greatest > folder.imported()) {
                folder.imported(greatest);
            }
        } catch (IOException failed) {
            throw FpwException.unavailable("the records of reads cannot be imported: " + failed.getMessage(), failed);
        }
        return imported;
    }

    private int importFile(Path path) throws IOException {
        LookFile file;
        try {
            file = LookFile.read(path);
        } catch (IOException unreadable) {
            LOG.warn("{} cannot be imported: {}", path, unreadable.getMessage());
            return 0;
        }
        Instant now = clock.instant();
        Map<Integer, List<Line>> copies = ledger.lines(file.session()).stream()
                .collect(Collectors.groupingBy(Line::copy, TreeMap::new, Collectors.toList()));
        int copy = copyOf(file, copies);
        List<Line> known = copies.getOrDefault(copy, List.of());
        List<Line> lines = lines(file, copy, now);
        List<Line> added = known.size() < lines.size() ? lines.subList(known.size(), lines.size()) : List.of();
        if (!added.isEmpty() && !add(added)) {
            return 0;
        }
        deleteIfOld(path, file, known, lines, now);
        return added.size();
    }

    /** Adds lines; false if another process has imported them in the same moment. */
    private boolean add(List<Line> lines) {
        try {
            ledger.add(lines);
            return true;
        } catch (IllegalStateException failed) {
            Line first = lines.get(0);
            if (ledger.lines(first.session()).stream()
                    .anyMatch(line -> line.copy() == first.copy() && line.line() == first.line())) {
                return false;
            }
            throw failed;
        }
    }

    /** The copy that begins as the file does; another one if none does. */
    private static int copyOf(LookFile file, Map<Integer, List<Line>> copies) {
        List<Line> first = lines(file, 1, Instant.EPOCH);
        return copies.entrySet().stream()
                .filter(copy -> first.isEmpty() || copy.getValue().get(0).isImportOf(first.get(0)))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(copies.size() + 1);
    }

    /** The lines of a file as they are imported. */
    static List<Line> lines(LookFile file, int copy, Instant now) {
        return file.lines().stream()
                .map(line ->
                        Line.of(file.session(), copy, line.number(), line.record(), line.text(), file.owner(), now))
                .toList();
    }

    /** Deletes a file that was imported as it is, and has not changed for long. Others stay to be looked at. */
    private void deleteIfOld(Path path, LookFile file, List<Line> known, List<Line> lines, Instant now)
            throws IOException {
        if (!Files.getLastModifiedTime(path).toInstant().isBefore(now.minus(KEPT))
                || !file.rest().isEmpty()
                || lines.isEmpty()
                || known.size() != lines.size()) {
            return;
        }
        for (int i = 0; i < lines.size(); i++) {
            if (!known.get(i).isImportOf(lines.get(i))) {
                return;
            }
        }
        Line last = known.get(known.size() - 1);
        if (!last.kind().equals(LookRecord.Kind.CLOSED.word())) {
            add(List.of(Line.abandoned(last, now)));
        }
        Files.deleteIfExists(path);
    }
}
