package uk.fpw.metrics.cases;

/**
 * A case that is open according to a milestones definition.
 *
 * @param key {@code source:key}
 * @param awareOn day of the first event that opened it, in days since 1970-01-01
 * @param dataAsAt last known day of the case
 */
public record OpenCase(String milestones, int version, String key, int awareOn, int dataAsAt) {

    /** Days since the force became aware. */
    int ageDays() {
        return dataAsAt - awareOn;
    }

    /** A key without its source: the part that the key of a case and the contributor of its items have in common. */
    public static String withoutSource(String key) {
        return key.substring(key.indexOf(':') + 1);
    }
}
