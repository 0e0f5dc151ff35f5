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
}
