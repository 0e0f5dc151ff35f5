package uk.fpw.model;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a code of the warehouse means to a reader, and what to do about it: {@code fpw/code_words.yml}. Rules of a force
 * have messages of their own.
 *
 * @param code such as {@code KEY_REPEATED}
 * @param of {@link #REFUSED}, {@link #EXCLUDED} or {@link #TEST}
 * @param about what a finding of a test is about; empty for rows
 * @param unit what a test counts, in the singular; {@code row} for rows
 * @param words what is wrong, as part of a sentence
 * @param remedy what its owner can do, as a sentence
 */
public record CodeWords(String code, String of, String about, String unit, String words, String remedy) {

    /** A row that a load could not store. */
    public static final String REFUSED = "refused";

    /** A stored row that is in no figure. */
    public static final String EXCLUDED = "excluded";

    /** What a test of a run found. */
    public static final String TEST = "test";

    /** What the owner of a feed can do about rows that break a rule of the force. */
    public static final String REMEDY_OF_RULES =
            "Correct the rows in the source. If they are right, tell the warehouse team, which can change the rule.";

    private static final Map<String, CodeWords> ALL = read(ModelFiles.own());

    /**
     * The words of a code; null if the warehouse has none for it.
     *
     * @param code a code; of a test also one that begins with it, such as {@code LINKED_TO_A_CASE_DEVICE}
     */
    public static @Nullable CodeWords of(String code) {
        CodeWords own = ALL.get(code);
        return own != null
                ? own
                : ALL.values().stream()
                        .filter(one -> one.of.equals(TEST) && code.startsWith(one.code + "_"))
                        .findFirst()
                        .orElse(null);
    }

    /** The codes of a kind. */
    public static Set<String> codes(String of) {
        return ALL.values().stream()
                .filter(one -> one.of.equals(of))
                .map(CodeWords::code)
                .collect(Collectors.toUnmodifiableSet());
    }

    static Map<String, CodeWords> read(ModelFiles files) {
        String file = "code_words.yml";
        YamlFields root = YamlFields.read(
                        "fpw/" + file,
                        files.text(file).orElseThrow(() -> new ModelException("the sql module has no fpw/" + file)))
                .only(Set.of("codes"));
        Map<String, CodeWords> found = new LinkedHashMap<>();
        for (YamlFields fields : root.each("codes", "code")) {
            fields.only(Set.of("code", "of", "about", "unit", "words", "remedy"));
            boolean isTest = fields.text("of").equals(TEST);
            if (!isTest && !Set.of(REFUSED, EXCLUDED).contains(fields.text("of"))) {
                throw fields.wrong("'of' is none of refused, excluded, test");
            }
            CodeWords one = new CodeWords(
                    fields.text("code"),
                    fields.text("of"),
                    isTest ? fields.text("about") : "",
                    isTest ? fields.text("unit") : "row",
                    fields.text("words"),
                    fields.text("remedy"));
            if (found.put(one.code, one) != null) {
                throw fields.wrong("the code '" + one.code + "' is listed twice");
            }
        }
        return found;
    }
}
