package uk.fpw.warehouse.store.load;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import uk.fpw.text.Sha256;

/**
 * Current rows missing from the latest full extract but not deleted, because some keys of the extract could not be read
 * and may have been theirs. Each has the date of the first extract from which it was missing. Keys are stored as the
 * first 64 bits of their SHA-256, so that the snapshot summary in {@code raw} contains no keys.
 */
public final class HeldKeys {

    /** Maximum number of held keys: each adds 12 characters to the summary of a snapshot. */
    public static final int MAX_KEYS = 10_000;

    private static final HeldKeys NONE = new HeldKeys(Map.of());
    private static final int HASH_BYTES = 8;

    private final Map<String, LocalDate> sinceByHash;

    private HeldKeys(Map<String, LocalDate> sinceByHash) {
        this.sinceByHash = Map.copyOf(sinceByHash);
    }

    /** No held keys. */
    public static HeldKeys none() {
        return NONE;
    }

    /** Held keys, each with the date of the first extract from which it was missing. */
    public static HeldKeys of(Map<String, LocalDate> sinceByKey) {
        Map<String, LocalDate> sinceByHash = new HashMap<>();
        sinceByKey.forEach((key, since) -> sinceByHash.put(hash(key), since));
        return new HeldKeys(sinceByHash);
    }

    /** These keys and others. */
    public HeldKeys and(Map<String, LocalDate> sinceByKey) {
        Map<String, LocalDate> all = new HashMap<>(sinceByHash);
        all.putAll(of(sinceByKey).sinceByHash);
        return new HeldKeys(all);
    }

    /** Parses the result of {@link #text}; null means no keys. */
    static HeldKeys parse(@Nullable String text) {
        if (text == null) {
            return NONE;
        }
        Map<String, LocalDate> sinceByHash = new HashMap<>();
        for (String day : text.split(";", -1)) {
            int colon = day.indexOf(':');
            LocalDate since = LocalDate.parse(day.substring(0, colon));
            Arrays.stream(day.substring(colon + 1).split(",", -1)).forEach(hash -> sinceByHash.put(hash, since));
        }
        return new HeldKeys(sinceByHash);
    }

    /** Text such as {@code 2024-05-02:hash,hash;2024-05-03:hash}; null if there are no keys. */
    @Nullable
    String text() {
        if (sinceByHash.isEmpty()) {
            return null;
        }
        Map<LocalDate, TreeSet<String>> byDay = new TreeMap<>();
        sinceByHash.forEach((hash, since) ->
                byDay.computeIfAbsent(since, day -> new TreeSet<>()).add(hash));
        StringBuilder text = new StringBuilder();
        byDay.forEach((day, hashes) ->
                text.append(text.isEmpty() ? "" : ";").append(day).append(':').append(String.join(",", hashes)));
        return text.toString();
    }

    /** The hashes of the held keys. */
    Set<String> hashes() {
        return sinceByHash.keySet();
    }

    /** The same with hashes replaced by a mapping. */
    HeldKeys mapped(Map<String, String> newHashes) {
        Map<String, LocalDate> mapped = new HashMap<>();
        sinceByHash.forEach((hash, since) -> mapped.put(newHashes.getOrDefault(hash, hash), since));
        return new HeldKeys(mapped);
    }

    /** The same without some keys. */
    HeldKeys without(Set<String> keys) {
        Map<String, LocalDate> remaining = new HashMap<>(sinceByHash);
        keys.forEach(key -> remaining.remove(hash(key)));
        return new HeldKeys(remaining);
    }

    /** Date of the first extract from which the key was missing; null if it is not held. */
    public @Nullable LocalDate since(String key) {
        return sinceByHash.isEmpty() ? null : sinceByHash.get(hash(key));
    }

    /** Number of held keys. */
    public int size() {
        return sinceByHash.size();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof HeldKeys held && held.sinceByHash.equals(sinceByHash);
    }

    @Override
    public int hashCode() {
        return sinceByHash.hashCode();
    }

    @Override
    public String toString() {
        return sinceByHash.size() + " held keys";
    }

    /** The hash of a key. */
    static String hash(String key) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(Sha256.of(key), HASH_BYTES));
    }
}
