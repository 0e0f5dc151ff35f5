package uk.fpw.ingest;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Set;

/**
 * Whether one of the rows that had the highest cursor, which are remembered by a hash of their key, is among those of a
 * reading. Not for several threads.
 */
final class BoundarySearch {

    private static final int HASH_BYTES = 8;

    private final Set<String> remembered;
    private final MessageDigest digest;
    private boolean isFound;

    /**
     * Nothing was read yet.
     *
     * @param remembered hashes of keys; may be empty
     */
    BoundarySearch(Set<String> remembered) {
        this.remembered = remembered;
        this.isFound = remembered.isEmpty();
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("this Java runtime does not provide SHA-256", impossible);
        }
    }

    /** Looks at the next row. */
    void note(String key) {
        isFound = isFound || remembered.contains(hash(key));
    }

    /** Whether one of them was there. */
    boolean isFound() {
        return isFound;
    }

    /** Hash by which a key is remembered. */
    String hash(String key) {
        return HexFormat.of().formatHex(digest.digest(key.getBytes(StandardCharsets.UTF_8)), 0, HASH_BYTES);
    }
}
