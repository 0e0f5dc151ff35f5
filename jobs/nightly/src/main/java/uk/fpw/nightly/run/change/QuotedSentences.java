package uk.fpw.nightly.run.change;

import java.util.List;
import java.util.stream.Stream;
import javax.sql.DataSource;
import uk.fpw.warehouse.force.fact.Fact;
import uk.fpw.warehouse.store.catalog.WarehouseCatalog;
import uk.fpw.warehouse.store.ledger.Release;
import uk.fpw.warehouse.store.ledger.Releases;

/** Changes of quoted figures in words, for the pages of a release. */
public final class QuotedSentences {

    private QuotedSentences() {}

    /**
     * Compares a release with the previous one, and with every pinned one.
     *
     * @param defined published facts as the force now defines them; none if unknown
     * @return a sentence for each pinned release with changed counts, and for each published fact that changed
     */
    public static List<String> of(
            DataSource dataSource, WarehouseCatalog catalog, List<Fact> defined, Release release) {
        return of(QuotedFigures.find(dataSource, catalog, defined, release, new Releases(dataSource).before(release)));
    }

    /** Leaves out the figures, which may be about few cases; the pages that protect small cells show them. */
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
