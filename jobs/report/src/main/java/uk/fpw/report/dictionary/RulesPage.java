package uk.fpw.report.dictionary;

import java.util.List;
import uk.fpw.layout.site.DictionaryInput;
import uk.fpw.report.page.Page;
import uk.fpw.report.page.Section;

/** The conditions that rows of feeds must meet. */
final class RulesPage {

    private RulesPage() {}

    static Page page(DictionaryInput input) {
        return new Page(DictionaryPaths.RULES, "Rules", Section.DICTIONARY, "dictionary/terms.jte", model(input));
    }

    static TermsModel model(DictionaryInput input) {
        List<String> notes = FeedsPage.notes(input);
        return new TermsModel(
                List.of(
                        "What a row of a feed must fulfil. What is unknown fulfils it. How many rows broke which rule "
                                + "is on the pages of data quality, and in core.exclusion.",
                        notes.get(0)),
                "No rule is defined.",
                input.rules().stream().map(RulesPage::term).toList());
    }

    static Link link(DictionaryInput.Rule rule) {
        return new Link("rule " + rule.code(), DictionaryPaths.RULES + "#" + anchor(rule));
    }

    /** Includes the feed, because rules of two feeds may have the same code. */
    private static String anchor(DictionaryInput.Rule rule) {
        return DictionaryPaths.anchor("rule", rule.feed() + " " + rule.code());
    }

    /** What happens to a row that breaks it. */
    static String severity(DictionaryInput.Rule rule) {
        return switch (rule.severity()) {
            case "exclude" -> "exclude: the item of such a row is in no figure, with this rule as the reason";
            case "stop" -> "stop: no release";
            default -> rule.severity() + ": reported only";
        };
    }

    private static TermsModel.Term term(DictionaryInput.Rule rule) {
        return new TermsModel.Term(
                anchor(rule),
                rule.code(),
                "",
                List.of("Otherwise: " + rule.message()),
                List.of(new TableModel.Fact("Severity", severity(rule))),
                "Feed",
                List.of(Link.feed(rule.feed())),
                "True for good rows",
                rule.expression().strip());
    }
}
