package uk.fpw.metrics.cases;

/**
 * A case that is open by a definition of milestones.
 *
 * @param key {@code source:key}
 * @param awareOn day of the first event that opened it, since 1970-01-01
 * @param dataAsAt last day that is known of it
 */
public record OpenCase(String milestones, int version, String key, int awareOn, int dataAsAt) {

    /** Days since the force became aware. */
    int ageDays() {
        return dataAsAt - awareOn;
    }

    /** A key without the source before it: what the keys of a case, and of the contributor of its items, share. */
    public static String withoutSource(String key) {
        return key.substring(key.indexOf(':') + 1);
    }
}
