package uk.fpw.warehouse.store.rewrite;

import uk.fpw.warehouse.store.load.key.KeyMapping;

/** Maps old to new pseudonyms if these cannot be derived from the old ones, by reading the sources once. */
@FunctionalInterface
public interface PseudonymSource {

    /** Adds the old and new pseudonym of every value in the sources. */
    void addTo(KeyMapping keys);
}
