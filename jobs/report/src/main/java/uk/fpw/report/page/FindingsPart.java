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
    private final DictionaryInput folder;
    private final RuleWords rules;

    private FindingsPart(SiteData site) {
        this.site = site;
        this.folder = site.request().dictionary();
        this.rules = new RuleWords(site);
    }

    static Block of(SiteData site) {
        return new FindingsPart(site).block();
    }

    /**
     * In what something was found, in words.
     *
     * @param feeds the feeds behind it
     */
    private record Place(Block.Cell cell, List<String> feeds) {}

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
            Place place = place(one.table());
            rows.add(List.of(
                    Block.Cell.of(English.shortDay(one.businessDate())),
                    place.cell,
                    Block.Cell.of(English.count(one.failedCount())),
                    Block.Cell.of(one.checkedCount() == null ? "" : English.count(one.checkedCount())),
                    Block.Cell.of(told.words),
                    Block.Cell.of(one.severity().equals("stop") ? "stops the release" : "warns"),
                    Block.Cell.of(told.remedy),
                    Block.Cell.of(place.feeds.stream()
                            .map(site::owner)
                            .filter(Objects::nonNull)
                            .distinct()
                            .collect(Collectors.joining(", "))),
                    Block.Cell.of(one.table() + ": " + one.code())));
        }
        return Block.ofTable(
                "tests",
                "What tests found",
                findings.isEmpty()
                        ? site.request().operations().runs().runs().isEmpty()
                                ? QualityPage.NOT_KNOWN
                                : "No test of the latest runs found anything."
                        : "What each test found last, the latest run first. What only warns is told once when it "
                                + "begins, and stands here until somebody corrects it."
                                + RuleWords.remedyOnce(rows),
                new Block.DataTable(
                        "Findings",
                        List.of(
                                "Last found in the run of",
                                "In",
                                "Count",
                                "Of",
                                "What",
                                "It",
                                "What to do",
                                "Owner of the feeds",
                                "Code"),
                        rows));
    }

    private Place place(String table) {
        String name = table.substring(table.lastIndexOf('/') + 1);
        if (table.startsWith("mart.") || table.startsWith("core.")) {
            String words = English.words(table.substring(table.indexOf('.') + 1));
            return new Place(Block.Cell.of("Table of " + words), List.of());
        }
        if (table.startsWith("gradings/")) {
            List<String> feeds = folder.queries().stream()
                    .filter(query ->
                            query.kind().equals("grading") && query.name().equals(name))
                    .flatMap(query -> query.feeds().stream())
                    .toList();
            return new Place(Block.Cell.of("Judgements: " + English.words(name)), feeds);
        }
        return Stream.concat(folder.queues().stream(), folder.milestones().stream())
                .filter(counted -> table.contains("/") && counted.name().equals(name))
                .findFirst()
                .map(counted -> new Place(
                        new Block.Cell(counted.title(), table.startsWith("queues/") ? QueuePaths.of(name) : ""),
                        counted.feeds()))
                .orElse(new Place(Block.Cell.of(English.sentence(English.words(name))), List.of(table)));
    }

    private Told told(Operations.Finding finding) {
        String rule = rules.of(finding.table(), finding.code());
        if (rule != null) {
            return new Told("Rows where " + rule + ".", RuleWords.remedy(CodeWords.REMEDY_OF_RULES));
        }
        CodeWords own = CodeWords.of(finding.code());
        if (own != null) {
            return new Told(English.sentence(Plural.of(own.unit()) + " " + own.words()) + ".", own.remedy());
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
