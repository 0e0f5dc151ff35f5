package uk.fpw.ingest.compare;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongUnaryOperator;
import org.jspecify.annotations.Nullable;
import uk.fpw.ingest.bucket.CurrentRowBuckets;
import uk.fpw.ingest.bucket.ExtractedRows;
import uk.fpw.ingest.extract.FullExtract;
import uk.fpw.ingest.extract.LoadContext;
import uk.fpw.ingest.extract.ParallelTasks;
import uk.fpw.warehouse.store.load.current.BucketDigests;
import uk.fpw.warehouse.store.load.current.CurrentRow;
import uk.fpw.warehouse.store.load.current.CurrentRows;
import uk.fpw.warehouse.store.load.key.KeyBucket;
import uk.fpw.warehouse.store.load.key.RowPlaces;

/**
 * The current rows relevant to an extract: all of them in the wanted buckets, or those whose keys the extract may have,
 * and those to be compared with it.
 */
final class KnownRows implements AutoCloseable {

    /** Number of threads that read them. */
    static final int THREADS = 2;

    private final CurrentRows all;
    private final BitSet equal;
    private final CurrentRows current;
    private final CurrentRowBuckets rows;
    private final RowPlaces compared;
    private final Set<String> setAside;
    private final LongUnaryOperator places;
    private @Nullable BucketDigests digests;

    private KnownRows(
            LoadContext load, CurrentRows all, BitSet equal, BitSet wanted, RowPlaces compared, Set<String> setAside) {
        this.all = all;
        this.equal = equal;
        this.current = all.in(wanted);
        this.compared = compared;
        this.setAside = setAside;
        this.places = current.placesIn(all);
        this.rows = new CurrentRowBuckets(load.feed(), load.scratch(), THREADS);
    }

    /**
     * Reads the relevant rows.
     *
     * @param all all current rows
     * @param compared locations of rows that count as missing unless the extract has their keys
     * @param setAside keys that never count as missing
     */
    static KnownRows read(
            LoadContext load, FullExtract extract, CurrentRows all, RowPlaces compared, Set<String> setAside) {
        boolean comparesAll = extract.prepared().plan().comparesAll();
        BitSet equal = comparesAll ? equal(extract.rows(), all.digests()) : new BitSet();
        BitSet wanted = new BitSet(KeyBucket.COUNT);
        for (int bucket = 0; bucket < KeyBucket.COUNT; bucket++) {
            wanted.set(
                    bucket,
                    !equal.get(bucket)
                            && (comparesAll
                                    || !compared.isEmpty()
                                    || extract.rows().count(bucket) > 0));
        }
        KnownRows known = new KnownRows(load, all, equal, wanted, compared, setAside);
        try {
            known.read(load, extract.rows(), comparesAll);
            return known;
        } catch (RuntimeException failed) {
            known.close();
            throw failed;
        }
    }

    /**
     * The buckets in which the fully read source equals the current rows, as far as that is known without reading
     * these.
     */
    private static BitSet equal(ExtractedRows rows, @Nullable BucketDigests known) {
        BitSet equal = new BitSet(KeyBucket.COUNT);
        for (int bucket = 0; known != null && bucket < KeyBucket.COUNT; bucket++) {
            equal.set(bucket, rows.isEqual(bucket, known));
        }
        return equal;
    }

    private void read(LoadContext load, ExtractedRows extracted, boolean comparesAll) {
        boolean areDigestsWanted = comparesAll && current.digests() == null;
        List<ParallelTasks.Piece> pieces = new ArrayList<>();
        List<BucketDigests> read = new ArrayList<>();
        for (int thread = 0; thread < THREADS; thread++) {
            int part = thread;
            BucketDigests ofPart = new BucketDigests(load.feed());
            read.add(ofPart);
            pieces.add(() -> current.forEach(part, THREADS, row -> {
                if (areDigestsWanted) {
                    ofPart.add(KeyBucket.of(load.feed(), row.key()), row.key(), row.rowHash());
                }
                if (comparesAll || extracted.mayHold(row.key()) || isCompared(row)) {
                    rows.add(part, row);
                }
            }));
        }
        ParallelTasks.run(pieces);
        if (areDigestsWanted) {
            read.subList(1, read.size()).forEach(read.get(0)::addAll);
            digests = read.get(0);
        }
    }

    /** All current rows. */
    CurrentRows all() {
        return all;
    }

    /** The rows in the wanted buckets. */
    CurrentRows current() {
        return current;
    }

    /** The buckets that were not read because they are equal. */
    BitSet equal() {
        return equal;
    }

    /** The relevant rows. */
    CurrentRowBuckets rows() {
        return rows;
    }

    /** Digests of all current rows, if they were read to compute them; null otherwise. */
    @Nullable
    BucketDigests digests() {
        return digests;
    }

    /** Whether a row that is missing from an incremental extract is missing from the source. */
    boolean isCompared(CurrentRow row) {
        return !compared.isEmpty()
                && compared.contains(places.applyAsLong(row.place()))
                && !setAside.contains(row.key());
    }

    /** Locations, among all current rows, of those whose keys an extract has. */
    RowPlaces placesIn(ExtractedRows extracted) {
        RowPlaces found = new RowPlaces();
        for (int bucket = 0; bucket < KeyBucket.COUNT; bucket++) {
            if (rows.count(bucket) > 0) {
                Map<String, Long> byKey = new HashMap<>();
                rows.forEach(bucket, row -> byKey.put(row.key(), row.place()));
                extracted.forEach(bucket, row -> {
                    Long place = row.key() == null ? null : byKey.remove(row.key());
                    if (place != null) {
                        found.add(places.applyAsLong(place));
                    }
                });
            }
        }
        return found;
    }

    @Override
    public void close() {
        rows.close();
    }
}
