package uk.fpw.warehouse.store.rewrite;

import java.util.Set;
import java.util.function.UnaryOperator;

/** What an erasure looks for, in the form in which tables and texts contain it. */
interface Sought {

    /** The feeds of which rows are sought by their keys. */
    Set<String> feeds();

    /** Whether all versions of the row with a key, in canonical form and with pseudonyms, are sought. */
    boolean hasKey(String feed, String key);

    /** The sought keys of a feed, as far as they are known without the tables. */
    Set<String> knownKeys(String feed);

    /** Whether any pseudonym is sought. */
    boolean hasPseudonyms();

    /** Whether rows and texts with a pseudonym are sought. */
    boolean hasPseudonym(String pseudonym);

    /** Changes of texts that people wrote, beyond pseudonyms: the same object if a text contains nothing sought. */
    UnaryOperator<String> withoutWords();
}
