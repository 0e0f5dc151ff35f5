package uk.fpw.warehouse.privacy;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a feed to keep out of the warehouse, by the tombstones that are valid on a date. Immutable; a
 * {@link Matcher} is for a single thread.
 */
public final class KeptOut {

    private static final KeptOut NOTHING = new KeptOut("", List.of());

    /**
     * Tombstones with one key.
     *
     * @param rows hashes of rows of the feed
     * @param values hashes of values
     */
    public record Hashes(TombstoneKey key, Set<String> rows, Set<String> values) {
        public Hashes {
            rows = Set.copyOf(rows);
            values = Set.copyOf(values);
        }
    }

    private final String feed;
    private final List<Hashes> hashes;

    private KeptOut(String feed, List<Hashes> hashes) {
        this.feed = feed;
        this.hashes = hashes;
    }

    /** No row is kept out. */
    public static KeptOut nothing() {
        return NOTHING;
    }

    /** The rows of a feed that have any of these hashes. */
    public static KeptOut of(String feed, Collection<Hashes> hashes) {
        return new KeptOut(feed, List.copyOf(hashes));
    }

    /** A new matcher. */
    public Matcher matcher() {
        return new Matcher();
    }

    /** Recognises rows. Not thread-safe. */
    public final class Matcher {

        private record Hashed(TombstoneKey.Hasher hasher, Hashes hashes) {}

        private final List<Hashed> all = new ArrayList<>();
        private final boolean hasRows =
                hashes.stream().anyMatch(one -> !one.rows().isEmpty());
        private final boolean hasValues =
                hashes.stream().anyMatch(one -> !one.values().isEmpty());

        private Matcher() {
            hashes.forEach(one -> all.add(new Hashed(one.key().hasher(), one)));
        }

        /** Whether any row is kept out by its key. */
        public boolean hasRows() {
            return hasRows;
        }

        /** Whether any row is kept out by one of its values. */
        public boolean hasValues() {
            return hasValues;
        }

        /** Whether the row with that key, as the source sends it, is kept out; false for null. */
        public boolean hasRow(@Nullable String keyText) {
            return keyText != null
                    && all.stream()
                            .anyMatch(one -> !one.hashes().rows().isEmpty()
                                    && one.hashes().rows().contains(one.hasher().ofRow(feed, keyText)));
        }

        /** Whether rows with that value, as the source sends it, are kept out. */
        public boolean hasValue(String value) {
            return all.stream()
                    .anyMatch(one -> !one.hashes().values().isEmpty()
                            && one.hashes().values().contains(one.hasher().ofValue(value)));
        }
    }
}
