package uk.fpw.warehouse.store.load;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Current rows that the latest full extract did not have and that were not deleted, since their keys may be among those
 * that could not be read; each with the date of the extract from which it was missing first. A key is known by the
 * first 64 bits of its SHA-256: the summary of a {@code raw} snapshot, which remembers them, holds no keys.
 */
public final class HeldKeys {

    /** Most keys that can be held: each adds 12 characters to the summary of a snapshot. */
    public static final int MAX_KEYS = 10_000;

    private static final HeldKeys NONE = new HeldKeys(Map.of());
    private static final int HASH_BYTES = 8;

    private final Map<String, LocalDate> sinceByHash;

    private HeldKeys(Map<String, LocalDate> sinceByHash) {
        this.sinceByHash = Map.copyOf(sinceByHash);
    }

    /** No key is held. */
    public static HeldKeys none() {
        return NONE;
    }

    /** Keys, each with the date of the extract from which it was missing first. */
    public static HeldKeys of(Map<String, LocalDate> sinceByKey) {
        Map<String, LocalDate> sinceByHash = new HashMap<>();
        sinceByKey.forEach((key, since) -> sinceByHash.put(hash(key), since));
        return new HeldKeys(sinceByHash);
    }

    /** These and others. */
    public HeldKeys and(Map<String, LocalDate> sinceByKey) {
        Map<String, LocalDate> all = new HashMap<>(sinceByHash);
        all.putAll(of(sinceByKey).sinceByHash);
        return new HeldKeys(all);
    }

    /** Reads what {@link #text} wrote; null is no key. */
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

    /** {@code 2024-05-02:hash,hash;2024-05-03:hash}; null for no key. */
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

    /** By what each held key is known. */
    Set<String> hashes() {
        return sinceByHash.keySet();
    }

    /** The same keys, known by what else their hashes are in a mapping. */
    HeldKeys mapped(Map<String, String> newHashes) {
        Map<String, LocalDate> mapped = new HashMap<>();
        sinceByHash.forEach((hash, since) -> mapped.put(newHashes.getOrDefault(hash, hash), since));
        return new HeldKeys(mapped);
    }

    /** Date of the extract from which the key was missing first; null if it is not held. */
    public @Nullable LocalDate since(String key) {
        return sinceByHash.isEmpty() ? null : sinceByHash.get(hash(key));
    }

    /** Keys that are held. */
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

    /** By what a key is known. */
    static String hash(String key) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(digest, HASH_BYTES));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("this Java runtime does not provide SHA-256", impossible);
        }
    }
}
