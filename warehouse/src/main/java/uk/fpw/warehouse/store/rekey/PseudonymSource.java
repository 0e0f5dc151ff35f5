package uk.fpw.warehouse.store.rekey;

import uk.fpw.warehouse.store.load.key.KeyMapping;

/** What gives old pseudonyms new ones where these do not follow from the old: one read of the sources. */
@FunctionalInterface
public interface PseudonymSource {

    /** Adds the old and the new pseudonym of every value that the sources have. */
    void addTo(KeyMapping keys);
}
