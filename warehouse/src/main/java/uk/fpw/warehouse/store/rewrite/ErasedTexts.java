package uk.fpw.warehouse.store.rewrite;

import java.util.Collection;
import java.util.Comparator;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import uk.fpw.warehouse.store.ledger.LookLedger;

/**
 * Recognises in texts what is erased: pseudonyms in any text, and words in texts that people wrote. A short word, such
 * as the key {@code 17}, would be found everywhere and is not looked for.
 */
final class ErasedTexts {

    /** Replaces what was erased from a text. */
    static final String ERASED = LookLedger.ERASED;

    /** Number of characters of a word that is looked for. */
    static final int SHORTEST_WORD = 6;

    /** A text of that length fits into every column with texts that people write. */
    private static final int ALWAYS_FITS = 300;

    private static final int SHORTEST_PSEUDONYM = 26;
    private static final Pattern PSEUDONYM = Pattern.compile("(?<![a-z0-9])(?:[a-z2-7]{26}|[0-9a-f]{64})(?![a-z0-9])");

    private final Sought sought;
    private final @Nullable Pattern words;

    /**
     * Texts without these.
     *
     * @param words values and keys as the source writes them, and items as {@code source:item}; found regardless of
     *     case
     */
    ErasedTexts(Set<String> pseudonyms, Collection<String> words) {
        this(new Erasing.Rows(Map.of(), Set.copyOf(pseudonyms)), words);
    }

    /** The same without what is sought. */
    ErasedTexts(Sought sought, Collection<String> words) {
        this.sought = sought;
        String all = words.stream()
                .filter(word -> word.length() >= SHORTEST_WORD)
                .sorted(Comparator.comparing(String::length).reversed())
                .map(Pattern::quote)
                .collect(Collectors.joining("|"));
        this.words = all.isEmpty()
                ? null
                : Pattern.compile(
                        "(?<![\\p{L}\\p{N}])(?:" + all + ")(?![\\p{L}\\p{N}])",
                        Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
    }

    /** Whether a text contains one of the pseudonyms. */
    boolean hasPseudonym(String text) {
        if (!sought.hasPseudonyms() || text.length() < SHORTEST_PSEUDONYM) {
            return false;
        }
        Matcher found = PSEUDONYM.matcher(text);
        while (found.find()) {
            if (sought.hasPseudonym(found.group())) {
                return true;
            }
        }
        return false;
    }

    /** The text without the pseudonyms; the same object if it contains none. */
    String withoutPseudonyms(String text) {
        return hasPseudonym(text)
                ? PSEUDONYM
                        .matcher(text)
                        .replaceAll(found -> sought.hasPseudonym(found.group()) ? ERASED : found.group())
                : text;
    }

    /** A text that a person wrote, without pseudonyms and words; the same object if it contains none. */
    String without(String text) {
        String known = withoutPseudonyms(text);
        Matcher found = words == null ? null : words.matcher(known);
        String changed = sought.withoutWords().apply(found == null || !found.find() ? known : found.replaceAll(ERASED));
        if (changed.equals(known)) {
            return known;
        }
        // The column of a long text may be full.
        return changed.substring(0, Math.min(changed.length(), Math.max(text.length(), ALWAYS_FITS)));
    }

    /** Finds texts that contain any of it. */
    Predicate<String> isIn() {
        return text -> !without(text).equals(text);
    }
}
