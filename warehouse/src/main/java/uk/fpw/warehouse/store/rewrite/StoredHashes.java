package uk.fpw.warehouse.store.rewrite;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import uk.fpw.warehouse.privacy.TombstoneKey;
import uk.fpw.warehouse.store.erasure.ListedErasure;
import uk.fpw.warehouse.store.load.key.KeyMapping;

/**
 * Recognises what earlier erasures removed, by keyed hashes of what a warehouse stores. Pseudonyms are hashed as
 * written in base 32, so that the key format of the warehouse does not matter. For a single thread.
 */
final class StoredHashes implements Sought {

    private record Hashed(TombstoneKey.Hasher hasher, ListedErasure.Stored stored) {}

    private final List<Hashed> all = new ArrayList<>();

    /** What these erasures removed, each with the key of its hashes. */
    StoredHashes(Map<ListedErasure, TombstoneKey> erasures) {
        erasures.forEach((erasure, key) -> all.add(new Hashed(key.hasher(), erasure.stored())));
    }

    /** The hashes of what an erasure looks for. */
    static ListedErasure.Stored of(Erasing.Rows rows, Collection<String> words, TombstoneKey key) {
        TombstoneKey.Hasher hasher = key.hasher();
        Map<String, Set<String>> hashedRows = new HashMap<>();
        rows.keys()
                .forEach((feed, keys) -> keys.forEach(one -> hashedRows
                        .computeIfAbsent(feed, first -> new HashSet<>())
                        .add(hasher.ofStoredRow(feed, KeyMapping.inBase32(one)))));
        Set<String> values = new HashSet<>();
        rows.pseudonyms().forEach(one -> values.add(hasher.ofPseudonym(KeyMapping.inBase32(one))));
        Map<Integer, Set<String>> hashedWords = new HashMap<>();
        words.stream()
                .filter(word -> word.length() >= ErasedTexts.SHORTEST_WORD)
                .forEach(word -> hashedWords
                        .computeIfAbsent(word.length(), first -> new HashSet<>())
                        .add(hasher.ofWord(folded(word))));
        return new ListedErasure.Stored(hashedRows, values, hashedWords);
    }

    @Override
    public Set<String> feeds() {
        Set<String> feeds = new HashSet<>();
        all.forEach(one -> feeds.addAll(one.stored().rows().keySet()));
        return feeds;
    }

    @Override
    public boolean hasKey(String feed, String key) {
        for (Hashed one : all) {
            Set<String> rows = one.stored().rows().get(feed);
            if (rows != null && rows.contains(one.hasher().ofStoredRow(feed, KeyMapping.inBase32(key)))) {
                return true;
            }
        }
        return false;
    }

    @Override
    public Set<String> knownKeys(String feed) {
        return Set.of();
    }

    @Override
    public boolean hasPseudonyms() {
        return all.stream().anyMatch(one -> !one.stored().values().isEmpty());
    }

    @Override
    public boolean hasPseudonym(String pseudonym) {
        String text = KeyMapping.inBase32(pseudonym);
        for (Hashed one : all) {
            if (!one.stored().values().isEmpty()
                    && one.stored().values().contains(one.hasher().ofPseudonym(text))) {
                return true;
            }
        }
        return false;
    }

    @Override
    public UnaryOperator<String> withoutWords() {
        return this::withoutWords;
    }

    private String withoutWords(String text) {
        StringBuilder changed = null;
        int copied = 0;
        for (int begin = 0; begin < text.length(); begin++) {
            int end = begin > 0 && isOfWord(text.codePointBefore(begin)) ? -1 : endOfWord(text, begin);
            if (end > 0) {
                changed = changed == null ? new StringBuilder() : changed;
                changed.append(text, copied, begin).append(ErasedTexts.ERASED);
                copied = end;
                begin = end - 1;
            }
        }
        return changed == null
                ? text
                : changed.append(text, copied, text.length()).toString();
    }

    /** The end of the longest erased word that begins there; -1 if there is none. */
    private int endOfWord(String text, int begin) {
        int longest = -1;
        for (Hashed one : all) {
            for (Map.Entry<Integer, Set<String>> words : one.stored().words().entrySet()) {
                int end = begin + words.getKey();
                if (end > longest
                        && end <= text.length()
                        && (end == text.length() || !isOfWord(text.codePointAt(end)))
                        && words.getValue().contains(one.hasher().ofWord(folded(text.substring(begin, end))))) {
                    longest = end;
                }
            }
        }
        return longest;
    }

    private static boolean isOfWord(int character) {
        int type = Character.getType(character);
        return Character.isLetter(character)
                || type == Character.DECIMAL_DIGIT_NUMBER
                || type == Character.LETTER_NUMBER
                || type == Character.OTHER_NUMBER;
    }

    /** Without difference of case, of the same length. */
    private static String folded(String word) {
        char[] folded = word.toCharArray();
        for (int place = 0; place < folded.length; place++) {
            folded[place] = Character.toLowerCase(Character.toUpperCase(folded[place]));
        }
        return new String(folded);
    }
}
