package uk.fpw.report.dictionary;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import uk.fpw.model.ChangeCause;
import uk.fpw.report.data.Row;
import uk.fpw.report.page.Page;
import uk.fpw.report.page.Section;
import uk.fpw.report.text.English;

/** Standards, schemes and changes, as the release contains them. */
record ReleasedTerms(Snapshot release) {

    private static final Map<String, String> KINDS = Map.of(
            "practice", "how the work is done",
            "system", "the operational system",
            "recording", "how or when things are written down",
            "definition", "what a queue counts",
            "staffing", "who does the work",
            "outsourcing", "work given to a provider");

    Page standardsPage() {
        return page(DictionaryPaths.STANDARDS, "Standards", standards());
    }

    Page schemesPage() {
        return page(DictionaryPaths.SCHEMES, "Grading schemes", schemes());
    }

    Page changesPage(List<String> kinds) {
        return page(DictionaryPaths.CHANGES, "Changes", changes(kinds));
    }

    private static Page page(String path, String title, TermsModel model) {
        return new Page(path, title, Section.DICTIONARY, "dictionary/terms.jte", model);
    }

    /** How soon items should be served, by queue. */
    TermsModel standards() {
        return new TermsModel(
                List.of("How soon an item of a queue should be served. Where several apply to an item, counts of what "
                        + "is past its standard use the first."),
                "No queue of this release has a standard.",
                release.standards().stream().map(ReleasedTerms::standard).toList());
    }

    static String standardAnchor(Row row) {
        return DictionaryPaths.anchor("standard", row.text("queue") + " " + row.text("standard"));
    }

    /** The limit in words, such as {@code within 24 hours}. */
    static String limit(Row standard) {
        Long hours = standard.countOrNull("within_hours");
        Long days = standard.countOrNull("within_days");
        return hours != null
                ? "within " + English.of(hours, "hour") + " of entering"
                : days != null ? "within " + English.of(days, "day") + " of the day of entering" : English.UNKNOWN;
    }

    private static String target(Row standard) {
        Double target = standard.numberOrNull("target_share");
        return target == null ? "none is declared" : English.share(target) + " of those due in a month";
    }

    private static TermsModel.Term standard(Row row) {
        String queue = row.text("queue");
        return new TermsModel.Term(
                standardAnchor(row),
                row.text("standard"),
                text(row, "title"),
                List.of(),
                List.of(
                        new TableModel.Fact("Limit", limit(row)),
                        new TableModel.Fact("Target", target(row)),
                        new TableModel.Fact("Applies to", text(row, "applies_to")),
                        new TableModel.Fact("Order in the queue", text(row, "standard_order"))),
                "Queue, and its figures",
                List.of(new Link(queue, "queues/" + queue + ".html"), Link.table("mart.wait_standard")),
                "",
                "");
    }

    /** Lists of grades. */
    TermsModel schemes() {
        Map<String, List<Row>> byScheme = new LinkedHashMap<>();
        release.grades().forEach(row -> byScheme.computeIfAbsent(row.text("scheme"), scheme -> new ArrayList<>())
                .add(row));
        List<TermsModel.Term> terms = new ArrayList<>();
        byScheme.forEach((scheme, rows) -> {
            Row any = rows.get(rows.size() - 1);
            Map<Long, List<Row>> versions = new TreeMap<>();
            rows.forEach(row -> versions.computeIfAbsent(row.count("scheme_version"), each -> new ArrayList<>())
                    .add(row));
            List<TableModel.Fact> facts = versions.entrySet().stream()
                    .map(version -> new TableModel.Fact(
                            "Version " + version.getKey(),
                            "from " + day(version.getValue().get(0), "valid_from") + ", best first: "
                                    + String.join(
                                            "; ",
                                            version.getValue().stream()
                                                    .map(row -> text(row, "grade"))
                                                    .toList())))
                    .toList();
            terms.add(new TermsModel.Term(
                    DictionaryPaths.anchor("scheme", scheme),
                    scheme,
                    text(any, "title"),
                    List.of(text(any, "description")),
                    facts));
        });
        return new TermsModel(
                List.of("Lists of grades that a judgement may give. Grades of two versions are never compared, even "
                        + "where they share a name."),
                "This release has no grading scheme.",
                terms);
    }

    /**
     * Dated changes, kinds of changes, and causes of changed figures.
     *
     * @param kinds kinds of changes that a force may record
     */
    TermsModel changes(List<String> kinds) {
        List<TermsModel.Term> terms = new ArrayList<>();
        Map<String, List<Row>> byChange = new LinkedHashMap<>();
        release.changes().forEach(row -> byChange.computeIfAbsent(row.text("change"), change -> new ArrayList<>())
                .add(row));
        byChange.forEach((change, rows) -> terms.add(change(change, rows)));
        for (String kind : kinds) {
            terms.add(new TermsModel.Term(
                    DictionaryPaths.anchor("kind", kind),
                    kind,
                    "kind of recorded change",
                    List.of(KINDS.getOrDefault(kind, "none of the others")),
                    List.of()));
        }
        for (ChangeCause cause : ChangeCause.all()) {
            terms.add(new TermsModel.Term(
                    DictionaryPaths.anchor("cause", cause.name()),
                    cause.name(),
                    "cause of a changed figure",
                    List.of(cause.description().strip()),
                    List.of()));
        }
        return new TermsModel(
                List.of("Dated changes to keep in mind when reading figures, their kinds, and the causes for which "
                        + "figures of the past differ from the release before. A recorded change does not say what "
                        + "followed from it."),
                "There is none.",
                terms);
    }

    private static TermsModel.Term change(String change, List<Row> rows) {
        Row row = rows.get(0);
        return new TermsModel.Term(
                DictionaryPaths.anchor("change", change),
                change,
                "recorded change",
                List.of(text(row, "what"), text(row, "why")),
                List.of(
                        new TableModel.Fact("First day", day(row, "changed_on")),
                        new TableModel.Fact("Kind", text(row, "change_kind")),
                        new TableModel.Fact("Decided by", text(row, "decided_by"))),
                "Queues",
                rows.stream()
                        .map(each -> each.text("queue"))
                        .map(queue -> new Link(queue, "queues/" + queue + ".html"))
                        .toList(),
                "",
                "");
    }

    static String text(Row row, String column) {
        String text = row.textOrNull(column);
        return text == null ? English.UNKNOWN : text.strip();
    }

    private static String day(Row row, String column) {
        LocalDate day = row.dateOrNull(column);
        return day == null ? English.UNKNOWN : English.day(day);
    }
}
