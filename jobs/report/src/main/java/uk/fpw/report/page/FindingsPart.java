package uk.fpw.report.page;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import uk.fpw.layout.site.DictionaryInput;
import uk.fpw.layout.site.Operations;
import uk.fpw.model.CodeWords;
import uk.fpw.model.Model;
import uk.fpw.model.Models;
import uk.fpw.report.data.SiteData;
import uk.fpw.report.text.English;
import uk.fpw.text.Plural;

/** What the tests of the latest runs found, in words. */
final class FindingsPart {

    private final SiteData site;
    private final Map<String, DictionaryInput.Rule> rules;

    private FindingsPart(SiteData site) {
        this.site = site;
        this.rules = site.request().dictionary().rules().stream()
                .collect(Collectors.toMap(DictionaryInput.Rule::code, rule -> rule, (one, other) -> one));
    }

    static Block of(SiteData site) {
        return new FindingsPart(site).block();
    }

    /** What a finding says, and what to do about it. */
    private record Told(String words, String remedy) {}

    private Block block() {
        Map<List<String>, Operations.Finding> latest = new LinkedHashMap<>();
        site.request()
                .operations()
                .findings()
                .forEach(one -> latest.putIfAbsent(List.of(one.table(), one.code()), one));
        List<Operations.Finding> findings = List.copyOf(latest.values());
        List<List<Block.Cell>> rows = new ArrayList<>();
        for (Operations.Finding one : findings) {
            Told told = told(one);
            rows.add(Stream.of(
                            English.shortDay(one.businessDate()),
                            one.table(),
                            English.count(one.failedCount()),
                            one.checkedCount() == null ? "" : English.count(one.checkedCount()),
                            told.words,
                            one.severity().equals("stop") ? "stops the release" : "warns",
                            told.remedy,
                            Objects.requireNonNullElse(site.owner(one.table()), ""),
                            one.code())
                    .map(Block.Cell::of)
                    .toList());
        }
        return Block.ofTable(
                "tests",
                "What tests found",
                findings.isEmpty()
                        ? site.request().operations().runs().runs().isEmpty()
                                ? QualityPage.NOT_KNOWN
                                : "No test of the latest runs found anything."
                        : "What each test found last, the latest run first. What only warns is told once when it "
                                + "begins, and stands here until somebody corrects it.",
                new Block.DataTable(
                        "Findings",
                        List.of(
                                "Last found in the run of",
                                "Table or feed",
                                "Count",
                                "Of",
                                "What",
                                "It",
                                "What to do",
                                "Owner of the feed",
                                "Code"),
                        rows));
    }

    private Told told(Operations.Finding finding) {
        DictionaryInput.Rule rule = rules.get(finding.code());
        if (rule != null) {
            return new Told(
                    "Rows where " + rule.message().replaceAll("\\s*\\{[^}]*\\}", "") + ".",
                    "Correct the rows in the source. If they are right, tell the warehouse team, which can "
                            + "change the rule.");
        }
        CodeWords own = CodeWords.of(finding.code());
        if (own != null) {
            return new Told(own.about() + ": " + Plural.of(own.unit()) + " " + own.words() + ".", own.remedy());
        }
        String words = Models.all().stream()
                .filter(model -> model.name().equals(finding.table()))
                .flatMap(model -> model.tests().stream())
                .filter(test -> test.code().equals(finding.code()))
                .findFirst()
                .map(Model.Test::message)
                .orElseGet(() -> finding.code().toLowerCase(Locale.ROOT).replace('_', ' '));
        return new Told(English.sentence(words), "Tell the warehouse team: fpw status has the details.");
    }
}
