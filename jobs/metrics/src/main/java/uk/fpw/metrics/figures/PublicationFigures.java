package uk.fpw.metrics.figures;

import uk.fpw.metrics.cube.QuarterContributors;
import uk.fpw.metrics.series.Period;

/**
 * The rows of {@code mart.publication_count}: distinct cases or people that a queue received in a quarter, and those
 * waiting at its end.
 */
final class PublicationFigures {

    private PublicationFigures() {}

    /** @param series the total of a queue */
    static void write(Series series, MartTable table) {
        QuarterContributors quarters = series.cube().quarters();
        int first = series.firstPeriod(Period.QUARTER);
        long waiting = quarters.waiting.before(first);
        long seen = series.cube().presences().by(Period.QUARTER).before(first);
        for (int number = first; number <= series.lastPeriod(Period.QUARTER); number++) {
            waiting += quarters.waiting.get(number);
            seen += series.cube().presences().by(Period.QUARTER).get(number);
            int measuredTo = series.measuredTo(Period.QUARTER, number);
            table.row(series, measuredTo)
                    .setDay("quarter_start_on", Period.QUARTER.firstDay(number))
                    .setDay("quarter_end_on", Period.QUARTER.lastDay(number))
                    .set("received_contributor_count", (long) quarters.received.get(number))
                    .set("waiting_contributor_count", waiting)
                    .set("is_partial", series.isPartial(Period.QUARTER, number))
                    .set("is_provisional", series.isProvisional(measuredTo))
                    .set("contributor_count", seen)
                    .end();
        }
    }
}
