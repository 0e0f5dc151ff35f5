package uk.fpw.nightly.cli.status;

import java.time.LocalDate;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import uk.fpw.text.Plural;
import uk.fpw.warehouse.store.ledger.Restrictions;
import uk.fpw.warehouse.store.ledger.Restrictions.Restriction;

/** Says how many restrictions stand, and when they are to be reviewed. */
final class RestrictionReviews {

    private RestrictionReviews() {}

    /** One line; null if no restriction stands. */
    static @Nullable String note(DataSource dataSource, LocalDate today) {
        List<LocalDate> reviews = new Restrictions(dataSource)
                .list().stream()
                        .filter(Restriction::isStanding)
                        .map(Restriction::reviewOn)
                        .sorted()
                        .toList();
        if (reviews.isEmpty()) {
            return null;
        }
        long due = reviews.stream().filter(review -> !review.isAfter(today)).count();
        return "Restrictions: " + Plural.of(reviews.size(), "restriction")
                + (reviews.size() == 1 ? " stands" : " stand") + "; "
                + (due == 0
                        ? "the next review is due on " + reviews.get(0)
                        : Plural.of(due, "review") + " due, since " + reviews.get(0)
                                + ": fpw restrict --list shows which; then fpw restrict --lift or --erase");
    }
}
