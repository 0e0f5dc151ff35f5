package uk.fpw.metrics.driver;

import static uk.fpw.metrics.driver.SeriesMonths.ALL;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import uk.fpw.metrics.driver.SeriesMonths.Count;
import uk.fpw.statistics.MixAndRate;

/** Computes the figures of one pair of periods. */
final class PairFigures {

    /**
     * A share.
     *
     * @param part the count that has the property
     * @param of the count of which it is a share
     * @param isByStandard whether there is one for each standard
     */
    private record Share(String measure, Count part, Count of, boolean isByStandard) {}

    private static final List<Share> SHARES = List.of(
            new Share("share served", Count.SERVED, Count.LEFT, false),
            new Share("share past standard", Count.PAST_STANDARD, Count.WAITING, false),
            new Share("share met", Count.MET_BY_STANDARD, Count.DUE_BY_STANDARD, true));

    private final PeriodPair pair;
    private final List<DriverFigure> figures = new ArrayList<>();

    private PairFigures(PeriodPair pair) {
        this.pair = pair;
    }

    /** @param series the total first, then the values of each slice */
    static List<DriverFigure> of(PeriodPair pair, List<SeriesMonths> series) {
        PairFigures all = new PairFigures(pair);
        series.forEach(all::counts);
        for (Share share : SHARES) {
            if (pair.hasStock() || !share.of.isStock()) {
                List<String> names = series.get(0).names(share.part);
                (share.isByStandard || names.isEmpty() ? names : List.of(ALL))
                        .forEach(name -> all.shares(share, name, series));
            }
        }
        return all.figures;
    }

    /** The flows of a series, and the bridge from its earlier to its later stock. */
    private void counts(SeriesMonths series) {
        if (pair.hasStock()) {
            stock(series);
        }
        count(series, "received", Count.RECEIVED);
        count(series, "re-entered", Count.RE_ENTERED);
        byName(series, "re-entered", Count.RE_ENTERED_BY_REASON);
        count(series, "left", Count.LEFT);
        byName(series, "left", Count.LEFT_BY_EXIT);
    }

    private void stock(SeriesMonths series) {
        count(series, "waiting", Count.WAITING);
        if (series.isKnown(pair.earlierFrom(), pair.to())) {
            bridge(series, "received", Count.RECEIVED, 1);
            bridge(series, "re-entered", Count.RE_ENTERED_BY_REASON, 1);
            bridge(series, "left", Count.LEFT_BY_EXIT, -1);
        }
    }

    private void bridge(SeriesMonths series, String part, Count flow, int sign) {
        for (String name : series.names(flow)) {
            long change = sign * series.sum(flow, name, pair.earlierTo() + 1, pair.to());
            figures.add(DriverFigure.flow(series.key(), "waiting", part, name, change));
        }
    }

    private void count(SeriesMonths series, String measure, Count count) {
        figures.add(DriverFigure.count(
                series.key(), measure, ALL, ALL, earlier(series, count, ALL), now(series, count, ALL)));
    }

    private void byName(SeriesMonths series, String measure, Count count) {
        for (String name : series.names(count)) {
            figures.add(DriverFigure.count(
                    series.key(), measure, measure, name, earlier(series, count, name), now(series, count, name)));
        }
    }

    private void shares(Share share, String name, List<SeriesMonths> all) {
        Map<String, List<DriverFigure>> bySlice = new TreeMap<>();
        for (SeriesMonths series : all) {
            DriverFigure figure = new DriverFigure(
                    series.key(),
                    share.measure,
                    share.isByStandard ? "standard" : ALL,
                    name,
                    earlier(series, share.part, name),
                    now(series, share.part, name),
                    null,
                    earlier(series, share.of, name),
                    now(series, share.of, name),
                    null);
            bySlice.computeIfAbsent(series.key().slice(), slice -> new ArrayList<>())
                    .add(figure);
        }
        DriverFigure total =
                Objects.requireNonNull(bySlice.remove(all.get(0).key().slice())).get(0);
        figures.add(total);
        if (total.changeOfShare() != null) {
            bySlice.values().forEach(values -> addParts(total, values));
        }
    }

    /** The values of a slice that are in either period, with their parts where they add up to the total. */
    private void addParts(DriverFigure total, List<DriverFigure> values) {
        List<MixAndRate.Group> groups = values.stream().map(PairFigures::group).toList();
        List<@Nullable MixAndRate> parts =
                addsUp(total, groups) ? List.copyOf(MixAndRate.of(groups)) : Collections.nCopies(values.size(), null);
        for (int at = 0; at < values.size(); at++) {
            if (groups.get(at).earlier() + groups.get(at).now() > 0) {
                figures.add(values.get(at).with(parts.get(at)));
            }
        }
    }

    private static MixAndRate.Group group(DriverFigure value) {
        return new MixAndRate.Group(
                known(value.earlier()), known(value.earlierOf()), known(value.now()), known(value.nowOf()));
    }

    /** Where the total of a queue is known its series are: they begin on the same day. */
    private static long known(@Nullable Long count) {
        return Objects.requireNonNullElse(count, 0L);
    }

    /** In the earlier period, or at its end; null if that, or the time since, is not known as a whole. */
    private @Nullable Long earlier(SeriesMonths series, Count count, String name) {
        return series.isKnown(pair.earlierFrom(), pair.to())
                ? (Long) series.sum(
                        count, name, count.isStock() ? pair.earlierTo() : pair.earlierFrom(), pair.earlierTo())
                : null;
    }

    /** In the later period, or at its end. */
    private long now(SeriesMonths series, Count count, String name) {
        return series.sum(count, name, count.isStock() ? pair.to() : pair.from(), pair.to());
    }

    private static boolean addsUp(DriverFigure total, List<MixAndRate.Group> groups) {
        return total(groups, MixAndRate.Group::earlierPart).equals(total.earlier())
                && total(groups, MixAndRate.Group::earlier).equals(total.earlierOf())
                && total(groups, MixAndRate.Group::part).equals(total.now())
                && total(groups, MixAndRate.Group::now).equals(total.nowOf());
    }

    private static Long total(List<MixAndRate.Group> groups, ToLongFunction<MixAndRate.Group> count) {
        return groups.stream().mapToLong(count).sum();
    }
}
