package uk.fpw.report.dictionary;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import uk.fpw.layout.site.DictionaryInput;
import uk.fpw.model.Family;
import uk.fpw.model.Model;
import uk.fpw.model.Models;
import uk.fpw.query.ReadyQueries;
import uk.fpw.report.data.Row;
import uk.fpw.report.page.Page;
import uk.fpw.report.page.Section;

/**
 * All entries of the dictionary: one page with a search and every entry but the columns, and a page of columns for each
 * first letter.
 */
record IndexPage(DictionaryInput input, Snapshot release) {

    List<Page> pages() {
        Map<String, List<IndexModel.Entry>> letters = new TreeMap<>();
        columns().forEach(entry -> letters.computeIfAbsent(
                        entry.link().text().substring(0, 1), each -> new ArrayList<>())
                .add(entry));
        List<Link> links = letters.keySet().stream()
                .map(letter -> new Link(letter, DictionaryPaths.columns(letter)))
                .toList();
        List<Page> pages = new ArrayList<>();
        pages.add(page(DictionaryPaths.INDEX, "Dictionary", new IndexModel(others(), groups(), links, true)));
        letters.forEach((letter, entries) -> pages.add(page(
                DictionaryPaths.columns(letter),
                "Columns: " + letter,
                new IndexModel(
                        others(),
                        List.of(group(
                                "columns",
                                "Columns that begin with " + letter,
                                "Of tables and views; columns of one name and meaning are one entry.",
                                entries)),
                        links,
                        false))));
        return pages;
    }

    private static Page page(String path, String title, IndexModel model) {
        return new Page(path, title, Section.DICTIONARY, "dictionary/index.jte", model);
    }

    /** Every entry, for the search. */
    List<IndexModel.Entry> entries() {
        return Stream.concat(groups().stream().flatMap(group -> group.entries().stream()), columns().stream())
                .toList();
    }

    private static List<Link> others() {
        return List.of(
                new Link("How to read these figures", DictionaryPaths.READING),
                new Link("Feeds", DictionaryPaths.FEEDS),
                new Link("Rules", DictionaryPaths.RULES),
                new Link("Standards", DictionaryPaths.STANDARDS),
                new Link("Grading schemes", DictionaryPaths.SCHEMES),
                new Link("Changes", DictionaryPaths.CHANGES),
                new Link("Ready-made queries", DictionaryPaths.QUERIES),
                new Link("Pictures of the pages", DictionaryPaths.PICTURES));
    }

    private List<IndexModel.Group> groups() {
        return Stream.of(
                        group("tables", "Tables", "Of each release.", tables(Models.all())),
                        group(
                                "views",
                                "Views for BI tools",
                                "With a query of their own. Every table that BI tools may read "
                                        + "also has a view of its totals, and one of its slices.",
                                tables(Models.toolViews())),
                        group("queues", "Queues", "As this release has counted them.", queues()),
                        group("standards", "Standards", "How soon items should be served.", standards()),
                        group(
                                "schemes",
                                "Grading schemes",
                                "Lists of grades.",
                                terms(new ReleasedTerms(release).schemes(), DictionaryPaths.SCHEMES, "grading scheme")),
                        group(
                                "changes",
                                "Changes",
                                "Recorded changes, kinds of them, and causes of changed figures.",
                                terms(
                                        new ReleasedTerms(release).changes(input.changeKinds()),
                                        DictionaryPaths.CHANGES,
                                        "")),
                        group("feeds", "Feeds", "What is loaded, and the queries that give it a meaning.", feeds()),
                        group("rules", "Rules", "What rows of feeds must fulfil.", rules()),
                        group("queries", "Ready-made queries", "Each answers one question.", queries()))
                .filter(group -> !group.entries().isEmpty())
                .toList();
    }

    private static IndexModel.Group group(String anchor, String title, String note, List<IndexModel.Entry> entries) {
        return new IndexModel.Group(anchor, title, note, entries);
    }

    private static List<IndexModel.Entry> tables(List<Model> models) {
        return models.stream()
                .map(model -> new IndexModel.Entry(
                        Link.table(model.table()),
                        (model.countedBy() == Family.VIEW ? "view" : "table") + "; owner " + model.owner() + "; "
                                + TablePages.access(model),
                        model.description().strip(),
                        List.of()))
                .toList();
    }

    private static List<IndexModel.Entry> columns() {
        Map<String, List<Model>> models = new LinkedHashMap<>();
        Map<String, IndexModel.Entry> entries = new LinkedHashMap<>();
        for (Model model : TablePages.all()) {
            for (Model.Column column : model.columns()) {
                String about = about(model, column);
                String same = String.join("\n", column.name(), about, column.description());
                models.computeIfAbsent(same, each -> new ArrayList<>()).add(model);
                entries.putIfAbsent(
                        same,
                        new IndexModel.Entry(
                                link(model, column.name()),
                                about,
                                column.description().strip(),
                                List.of()));
            }
        }
        List<IndexModel.Entry> all = new ArrayList<>();
        entries.forEach((same, entry) -> all.add(new IndexModel.Entry(
                entry.link(),
                entry.about(),
                entry.text(),
                models.getOrDefault(same, List.of()).stream()
                        .map(model -> new Link(
                                model.table(), link(model, entry.link().text()).href()))
                        .toList())));
        return all;
    }

    private static Link link(Model model, String column) {
        return new Link(column, DictionaryPaths.at(DictionaryPaths.table(model.table()), "column", column));
    }

    private static String about(Model model, Model.Column column) {
        List<String> about = new ArrayList<>();
        about.add("column; " + ColumnWords.type(column));
        if (!column.unit().isEmpty()) {
            about.add(column.unit());
        }
        if (column.add() != Model.Add.NOT_A_MEASURE) {
            about.add(ColumnWords.add(column));
        }
        about.add(ColumnWords.nulls(model, column));
        String sensitivity = ColumnWords.sensitivity(column);
        if (!sensitivity.isEmpty()) {
            about.add(sensitivity);
        }
        return String.join("; ", about);
    }

    private List<IndexModel.Entry> queues() {
        return release.queues().stream()
                .map(row -> new IndexModel.Entry(
                        new Link(row.text("queue"), "queues/" + row.text("queue") + ".html"),
                        "queue; " + ReleasedTerms.text(row, "title") + "; " + role(row),
                        ReleasedTerms.text(row, "description"),
                        List.of()))
                .toList();
    }

    private static String role(Row row) {
        String role = ReleasedTerms.text(row, "queue_role");
        String parent = row.textOrNull("parent_queue");
        String of = parent == null ? row.textOrNull("variant_of") : parent;
        return of == null ? role : role + " of " + of;
    }

    private List<IndexModel.Entry> standards() {
        return release.standards().stream()
                .map(row -> new IndexModel.Entry(
                        new Link(
                                row.text("standard"),
                                DictionaryPaths.STANDARDS + "#" + ReleasedTerms.standardAnchor(row)),
                        "standard of the queue " + row.text("queue"),
                        ReleasedTerms.text(row, "title") + ": " + ReleasedTerms.limit(row) + ". Applies to "
                                + ReleasedTerms.text(row, "applies_to") + ".",
                        List.of()))
                .toList();
    }

    private static List<IndexModel.Entry> terms(TermsModel model, String page, String kind) {
        return model.terms().stream()
                .map(term -> new IndexModel.Entry(
                        new Link(term.name(), page + "#" + term.anchor()),
                        kind.isEmpty() ? term.title() : kind + "; " + term.title(),
                        String.join(" ", term.paragraphs()),
                        List.of()))
                .toList();
    }

    private List<IndexModel.Entry> feeds() {
        List<IndexModel.Entry> entries = new ArrayList<>();
        for (DictionaryInput.Feed feed : input.feeds()) {
            entries.add(new IndexModel.Entry(
                    Link.feed(feed.name()),
                    "feed; system " + feed.source() + "; " + feed.delivery(),
                    feed.description().strip() + " Columns: "
                            + String.join(
                                    ", ",
                                    feed.columns().stream()
                                            .map(DictionaryInput.Column::name)
                                            .toList())
                            + ".",
                    List.of()));
        }
        for (DictionaryInput.Query query : input.queries()) {
            entries.add(new IndexModel.Entry(
                    new Link(query.name(), DictionaryPaths.at(DictionaryPaths.FEEDS, "query", query.name())),
                    query.kind() + " query",
                    query.events().isEmpty() ? "" : "Events: " + String.join(", ", query.events()) + ".",
                    query.feeds().stream().map(Link::feed).toList()));
        }
        return entries;
    }

    private List<IndexModel.Entry> rules() {
        return input.rules().stream()
                .map(rule -> new IndexModel.Entry(
                        new Link(rule.code(), RulesPage.link(rule).href()),
                        "rule of the feed " + rule.feed() + "; " + rule.severity(),
                        rule.message(),
                        List.of()))
                .toList();
    }

    private static List<IndexModel.Entry> queries() {
        return ReadyQueries.all().stream()
                .map(query -> new IndexModel.Entry(
                        Link.query(query.name()),
                        "ready-made query",
                        query.question(),
                        SqlTables.in(query.sql()).stream()
                                .filter(table -> !table.startsWith("ops."))
                                .map(Link::table)
                                .toList()))
                .toList();
    }
}
