package uk.fpw.warehouse.store.absence;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Counts how often any of some patterns occurs in streams of bytes, also across the pieces in which a stream arrives.
 * Needs memory for the patterns and one buffer.
 */
final class ByteSearch {

    private static final int BUFFER = 1 << 16;

    /** Patterns by their first bytes, as many as the shortest pattern has, at most 8. */
    private final Map<Long, List<byte[]>> byBegin = new HashMap<>();

    /** Whether any pattern begins with two bytes. */
    private final boolean[] mayBegin = new boolean[1 << 16];

    private final int beginLength;
    private final int longest;
    private final byte[] buffer;
    private int filled;
    private long count;

    ByteSearch(Needles needles) {
        List<byte[]> patterns = needles.patterns();
        this.beginLength = Math.min(
                Long.BYTES, patterns.stream().mapToInt(one -> one.length).min().orElse(2));
        this.longest = patterns.stream().mapToInt(one -> one.length).max().orElse(2);
        this.buffer = new byte[BUFFER + longest];
        for (byte[] pattern : patterns) {
            mayBegin[((pattern[0] & 0xff) << 8) | (pattern[1] & 0xff)] = true;
            byBegin.computeIfAbsent(begin(pattern, 0), key -> new ArrayList<>()).add(pattern);
        }
    }

    /** Continues the stream. */
    void add(byte[] bytes, int from, int length) {
        int at = from;
        int left = length;
        while (left > 0) {
            int taken = Math.min(left, buffer.length - filled);
            System.arraycopy(bytes, at, buffer, filled, taken);
            filled += taken;
            at += taken;
            left -= taken;
            if (filled == buffer.length) {
                scan(filled - longest + 1);
                System.arraycopy(buffer, filled - longest + 1, buffer, 0, longest - 1);
                filled = longest - 1;
            }
        }
    }

    /** Ends the stream; what follows is another one. */
    void end() {
        scan(filled);
        filled = 0;
    }

    /** Number of occurrences in all streams that have ended. */
    long count() {
        return count;
    }

    /** Counts the occurrences that begin before a position of the buffer. */
    private void scan(int before) {
        int last = Math.min(before, filled - beginLength + 1);
        for (int at = 0; at < last; at++) {
            if (mayBegin[((buffer[at] & 0xff) << 8) | (buffer[at + 1] & 0xff)]) {
                List<byte[]> found = byBegin.get(begin(buffer, at));
                if (found != null) {
                    for (byte[] pattern : found) {
                        if (at + pattern.length <= filled
                                && Arrays.equals(buffer, at, at + pattern.length, pattern, 0, pattern.length)) {
                            count++;
                        }
                    }
                }
            }
        }
    }

    private long begin(byte[] bytes, int at) {
        long begin = 0;
        for (int i = 0; i < beginLength; i++) {
            begin = (begin << 8) | (bytes[at + i] & 0xff);
        }
        return begin;
    }
}
