package uk.fpw.ingest.compare;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uk.fpw.ingest.extract.LoadContext;
import uk.fpw.ingest.extract.LoadPreparation;
import uk.fpw.ingest.row.RowParser;
import uk.fpw.ingest.source.RowSource;
import uk.fpw.ingest.source.SourceRow;
import uk.fpw.ingest.source.SourceRows;
import uk.fpw.warehouse.force.feed.Feed;
import uk.fpw.warehouse.force.feed.Origin;
import uk.fpw.warehouse.store.ledger.feed.LoadLedger.LoadDates;
import uk.fpw.warehouse.store.load.key.KeyIndex;

/**
 * The keys in files of later dates than that of a late file: the versions in the late file are older. Found in
 * {@code raw} and, because unchanged rows leave no version there, in the files of those dates if they still exist.
 * Empty unless the file is late.
 */
final class LaterFileKeys {

    private static final Logger LOG = LoggerFactory.getLogger(LaterFileKeys.class);

    /** For loads that are not late: no keys and no memory. */
    private static final LaterFileKeys NONE = new LaterFileKeys(null, List.of());

    private final @Nullable KeyIndex keys;
    private final List<LocalDate> gone;

    private LaterFileKeys(@Nullable KeyIndex keys, List<LocalDate> gone) {
        this.keys = keys;
        this.gone = gone;
    }

    /** The keys read by later loads of the feed, for a load of a file of changes. */
    static LaterFileKeys of(LoadContext load, LoadPreparation prepared) {
        Origin.DroppedFile dropped = load.feed().droppedFile();
        if (load.feed().extract() != Feed.Extract.CHANGES || dropped == null) {
            return NONE;
        }
        Map<String, LoadDates> later = load.ledger().loadsAfter(load.feed().name(), load.sourceDate());
        if (later.isEmpty()) {
            return NONE;
        }
        LOG.info(
                "{}: {} came late: files of later dates were already loaded; looking up their keys",
                load.feed().name(),
                load.source().name());
        LocalDate knownFrom = later.values().stream()
                .map(LoadDates::businessDate)
                .min(LocalDate::compareTo)
                .orElseThrow();
        load.memory().reserveAll(); // The number of keys is unknown.
        KeyIndex keys = new KeyIndex(load.memory(), 0);
        prepared.raw().forEachKeyOf(later, knownFrom, (key, dates) -> keys.put(key, 0, 0));
        List<LocalDate> notRead = addFiles(keys, load, later.values());
        String own = dropped.on(load.sourceDate());
        // A file for a week or month may cover several dates.
        return new LaterFileKeys(
                keys,
                notRead.stream().filter(day -> !dropped.on(day).equals(own)).toList());
    }

    /** Later dates, in order, whose file no longer exists, so that the rows it confirmed as unchanged are unknown. */
    List<LocalDate> gone() {
        return gone;
    }

    /** Whether a later file has the key. */
    boolean holds(String key) {
        return keys != null && keys.find(key) >= 0;
    }

    /** Reads the existing files. Returns the dates without a file. */
    private static List<LocalDate> addFiles(KeyIndex keys, LoadContext load, Collection<LoadDates> later) {
        TreeSet<LocalDate> days = new TreeSet<>();
        later.forEach(dates -> days.add(dates.sourceDate()));
        List<LocalDate> notRead = new ArrayList<>();
        for (LocalDate day : days) {
            RowSource source = load.source().ofDate(day);
            if (source == null) {
                notRead.add(day);
                continue;
            }
            try (SourceRows rows = source.open()) {
                RowParser parser = new RowParser(load.feed(), load.pseudonymiser(), rows);
                for (SourceRow row = rows.next(); row != null; row = rows.next()) {
                    String key = parser.key(row);
                    if (key != null) {
                        keys.put(key, 0, 0);
                    }
                }
            }
        }
        return notRead;
    }
}
