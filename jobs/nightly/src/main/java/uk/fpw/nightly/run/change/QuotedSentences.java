package uk.fpw.nightly.run.change;

import java.util.List;
import java.util.stream.Stream;
import javax.sql.DataSource;
import uk.fpw.warehouse.force.fact.Fact;
import uk.fpw.warehouse.store.catalog.WarehouseCatalog;
import uk.fpw.warehouse.store.ledger.Release;
import uk.fpw.warehouse.store.ledger.Releases;

/** What was quoted and has moved since, in words, for the pages of a release. */
public final class QuotedSentences {

    private QuotedSentences() {}

    /**
     * Compares a release with the one before it, and with every pinned one.
     *
     * @param defined published facts as the force defines them now; none if it is not known how
     * @return a sentence for each pinned release of which counts have changed, and each published fact that has moved
     */
    public static List<String> of(
            DataSource dataSource, WarehouseCatalog catalog, List<Fact> defined, Release release) {
        return of(QuotedFigures.find(dataSource, catalog, defined, release, new Releases(dataSource).before(release)));
    }

    /** Without the figures: they may be of few cases, and the pages show them where that is looked at. */
    private static String sentence(MovedFact fact) {
        MovedFact.Stated current = fact.current();
        return "published figure " + fact.fact().replace('_', ' ') + ": "
                + (current == null ? "no longer there" : current.verdict()) + ", was "
                + fact.replaced().verdict() + " (" + String.join(", ", fact.causes()) + ")";
    }

    static List<String> of(QuotedFigures quoted) {
        return Stream.concat(
                        quoted.pinned().stream()
                                .filter(pinned -> pinned.changedCount() > 0)
                                .map(QuotedFiguresReport::sentence),
                        quoted.facts().stream().map(QuotedSentences::sentence))
                .toList();
    }
}
