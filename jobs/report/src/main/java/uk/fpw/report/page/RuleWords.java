package uk.fpw.report.page;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import uk.fpw.layout.site.DictionaryInput;
import uk.fpw.model.CodeWords;
import uk.fpw.report.data.SiteData;
import uk.fpw.report.text.English;

/** What rules of the force say of the rows that break them, without a value or a column's internal name. */
final class RuleWords {

    /** Stands in a table for what is said once above it. */
    private static final String ABOVE = "As said above.";

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9]*(?:_[a-z0-9]+)+");

    private final SiteData site;

    RuleWords(SiteData site) {
        this.site = site;
    }

    /**
     * A rule as part of a sentence, with the feed in which it was broken if that is another one; null if no rule has
     * the code.
     */
    @Nullable
    String of(String feed, String code) {
        List<DictionaryInput.Rule> all = site.request().dictionary().rules().stream()
                .filter(rule -> rule.code().equals(code))
                .toList();
        return all.stream()
                .filter(rule -> rule.feed().equals(feed))
                .findFirst()
                .map(this::words)
                .or(() ->
                        all.stream().findFirst().map(rule -> words(rule) + " (in " + English.words(rule.feed()) + ")"))
                .orElse(null);
    }

    /** What its owner can do about a row, in a table below {@link #remedyOnce}. */
    static String remedy(String remedy) {
        return remedy.equals(CodeWords.REMEDY_OF_RULES) ? ABOVE : remedy;
    }

    /** What to do about rules, as sentences after a space; empty if no row of a table points to it. */
    static String remedyOnce(List<List<Block.Cell>> rows) {
        return rows.stream().noneMatch(row -> row.contains(Block.Cell.of(ABOVE)))
                ? ""
                : " What to do about a rule of the force: " + CodeWords.REMEDY_OF_RULES;
    }

    private String words(DictionaryInput.Rule rule) {
        return NAME.matcher(rule.message().replaceAll("\\s*\\{[^}]*\\}", ""))
                .replaceAll(found -> Matcher.quoteReplacement('"' + site.column(rule.feed(), found.group()) + '"'));
    }
}
