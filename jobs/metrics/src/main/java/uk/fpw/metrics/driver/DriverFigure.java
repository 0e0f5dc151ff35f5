package uk.fpw.metrics.driver;

import org.jspecify.annotations.Nullable;
import uk.fpw.statistics.MixAndRate;

/**
 * A measure of a series in both periods of a pair, or a part of its change.
 *
 * @param part what kind of part it is; {@link SeriesMonths#ALL} for the measure itself
 * @param name of the exit, reason or standard; {@link SeriesMonths#ALL} if it is not by one
 * @param earlier in the earlier period; null if that is not known as a whole, and for a part of the change of a stock
 * @param now in the later period; null for a part of the change of a stock
 * @param change null if the earlier period is not known
 * @param earlierOf of how many, for a share
 * @param nowOf of how many, for a share
 * @param parts what the series has of the change of the share of the whole queue; null for the total, and where the
 *     values of the slice do not add up to it
 */
record DriverFigure(
        SeriesMonths.Key series,
        String measure,
        String part,
        String name,
        @Nullable Long earlier,
        @Nullable Long now,
        @Nullable Long change,
        @Nullable Long earlierOf,
        @Nullable Long nowOf,
        @Nullable MixAndRate parts) {

    /** A count in both periods. */
    static DriverFigure count(
            SeriesMonths.Key series, String measure, String part, String name, @Nullable Long earlier, long now) {
        return new DriverFigure(
                series, measure, part, name, earlier, now, earlier == null ? null : now - earlier, null, null, null);
    }

    /** A part of the change of a stock. */
    static DriverFigure flow(SeriesMonths.Key series, String measure, String part, String name, long change) {
        return new DriverFigure(series, measure, part, name, null, null, change, null, null, null);
    }

    /** The same with its parts of the change of the share of the total. */
    DriverFigure with(@Nullable MixAndRate partsOfTotal) {
        return new DriverFigure(series, measure, part, name, earlier, now, change, earlierOf, nowOf, partsOfTotal);
    }

    @Nullable
    Double earlierShare() {
        return share(earlier, earlierOf);
    }

    @Nullable
    Double share() {
        return share(now, nowOf);
    }

    /** Of the share, in points from -1 to 1; null if it is not known in both periods. */
    @Nullable
    Double changeOfShare() {
        Double before = earlierShare();
        Double after = share();
        return before == null || after == null ? null : (Double) (after - before);
    }

    /** Why there is no change; null if there is one. */
    @Nullable
    String reason() {
        if (earlier == null && now != null) {
            return "the earlier period is not known as a whole";
        }
        if (nowOf == null || changeOfShare() != null) {
            return null;
        }
        return nowOf == 0 ? "none to have a share of" : "none to have a share of in the earlier period";
    }

    private static @Nullable Double share(@Nullable Long part, @Nullable Long of) {
        return part == null || of == null || of == 0 ? null : (Double) ((double) part / of);
    }
}
