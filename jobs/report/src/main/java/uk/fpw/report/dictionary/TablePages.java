package uk.fpw.report.dictionary;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import uk.fpw.layout.site.DictionaryInput;
import uk.fpw.model.Family;
import uk.fpw.model.FigureDefinition;
import uk.fpw.model.Model;
import uk.fpw.model.Models;
import uk.fpw.report.page.Page;
import uk.fpw.report.page.Section;
import uk.fpw.report.text.English;

/** The page of each table and view. */
final class TablePages {

    private final DictionaryInput input;
    private final Snapshot release;
    private final TableLineage lineages;
    private final ColumnWords words;

    TablePages(DictionaryInput input, Snapshot release) {
        this.input = input;
        this.release = release;
        this.lineages = new TableLineage(input);
        this.words = new ColumnWords(release);
    }

    Page of(Model model) {
        return new Page(
                DictionaryPaths.table(model.table()),
                model.table(),
                Section.DICTIONARY,
                "dictionary/table.jte",
                table(model));
    }

    TableModel table(Model model) {
        return new TableModel(
                model.table(),
                model.description().strip(),
                facts(model),
                notReleased(model),
                model.columns().stream().map(column -> words.of(model, column)).toList(),
                tests(model),
                ExampleQuery.of(model),
                isView(model)
                        ? "In a BI tool or a client of the database; fpw query does not have the views."
                        : "With fpw query or fpw shell"
                                + (model.isMart() && model.isOpen() ? ", or in a client of the database." : "."),
                FigureDefinition.of(model.table()).stream()
                        .map(definition -> definition(model, definition))
                        .toList(),
                isView(model) ? model.sql().strip() : "",
                TableLineage.readyQueries(model).stream()
                        .map(query -> new TableModel.Ready(Link.query(query.name()), query.question()))
                        .toList(),
                origin(model));
    }

    private static boolean isView(Model model) {
        return model.countedBy() == Family.VIEW;
    }

    private @Nullable String notReleased(Model model) {
        if (isView(model) || release.hasTable(model.table())) {
            return null;
        }
        return "This release was made by a version of the software that did not have this table yet.";
    }

    private static List<TableModel.Fact> facts(Model model) {
        List<TableModel.Fact> facts = new ArrayList<>();
        facts.add(new TableModel.Fact("Owner", model.owner()));
        facts.add(new TableModel.Fact(
                "Grain",
                model.grain().isEmpty()
                        ? "not declared"
                        : "one row per " + English.list(model.grain()) + (isView(model) ? "" : " of a release")));
        facts.add(new TableModel.Fact("Made", model.countedBy().words()));
        facts.add(new TableModel.Fact("Who may read it", access(model)));
        facts.add(new TableModel.Fact("Small counts", smallCounts(model)));
        if (model.mayBeUnavailable()) {
            facts.add(new TableModel.Fact(
                    "When a feed is missing",
                    "its measures are null where the feeds behind a row are not known that far; the reason is in "
                            + "the row"));
        }
        if (!isView(model)) {
            facts.add(new TableModel.Fact("Since which version", "not recorded"));
        }
        return facts;
    }

    static String access(Model model) {
        if (isView(model)) {
            return "BI tools";
        }
        if (!model.isMart()) {
            return "analysts with fpw query; it is a step on the way, has rows of single cases, and is not published";
        }
        return model.isOpen()
                ? "analysts and BI tools; it is exported"
                : "restricted: rows of single cases or people, for analysts only; not exported and not for BI tools";
    }

    private static String smallCounts(Model model) {
        if (model.hasColumn("contributor_count")) {
            return "shown as they are: contributor_count says how many cases or people are behind a row, and no row "
                    + "is to be passed on";
        }
        return model.isOpen() && model.isMart()
                ? "shown as they are: no column says how many cases or people are behind a row, and no row is to be "
                        + "passed on"
                : isView(model) ? "see the tables that it reads" : "each row is about a single case, item or person";
    }

    private static List<TableModel.Test> tests(Model model) {
        List<TableModel.Test> tests = new ArrayList<>();
        if (!isView(model)) {
            if (!model.grain().isEmpty()) {
                tests.add(new TableModel.Test(
                        "GRAIN", "No two rows have the same " + English.list(model.grain()) + ".", "no release", ""));
            }
            List<String> never = model.columns().stream()
                    .filter(column -> !model.mayBeNull(column))
                    .map(Model.Column::name)
                    .toList();
            if (!never.isEmpty()) {
                tests.add(
                        new TableModel.Test("NOT_NULL", "Never null: " + English.list(never) + ".", "no release", ""));
            }
        }
        for (Model.Test test : model.tests()) {
            tests.add(new TableModel.Test(
                    test.code(),
                    test.message(),
                    test.severity().equals("stop") ? "no release" : "a warning",
                    test.expression().isEmpty() ? test.query() : test.expression()));
        }
        return tests;
    }

    private static TableModel.Definition definition(Model model, FigureDefinition definition) {
        List<String> columns = definition.comparisons().stream()
                .filter(comparison -> comparison.table().equals(model.table()))
                .flatMap(comparison ->
                        comparison.equal().isEmpty() ? comparison.key().stream() : comparison.equal().stream())
                .distinct()
                .toList();
        return new TableModel.Definition(
                DictionaryPaths.anchor("definition", definition.name()),
                definition.name(),
                English.list(columns),
                definition.sql().strip());
    }

    private TableModel.Origin origin(Model model) {
        Lineage lineage = lineages.of(model);
        Set<String> sources = TableLineage.sources(model);
        List<String> notes = new ArrayList<>();
        notes.add(
                isView(model)
                        ? "For a view it is known which tables it reads; which of their columns, its query below says."
                        : "For the columns of a definition it is known by which SQL they are counted; for all others "
                                + "only "
                                + "from which tables they are made.");
        if (!input.isKnown()) {
            notes.add("The force folder could not be read, so its feeds and queries are not shown.");
        } else if (!input.isOfRelease()) {
            notes.add("The force folder is not the one that this release was made with: feeds and queries are those "
                    + "of today.");
        }
        List<DictionaryInput.Counted> counted = sources.contains("milestone_event")
                ? input.milestones()
                : model.hasColumn("queue") && !isView(model) ? input.queues() : List.of();
        return new TableModel.Origin(
                lineage.nodes().size() < 2 ? null : LineagePicture.of(model.table(), lineage),
                (int) lineage.columns().values().stream().distinct().count(),
                lineage.steps(),
                notes,
                counted.stream()
                        .map(each -> new TableModel.QueueFeeds(
                                each.title(),
                                each.feeds().stream().map(Link::feed).toList(),
                                String.join(", ", each.events())))
                        .toList());
    }

    /** Every table and view, in the order of computation. */
    static List<Model> all() {
        return Stream.concat(Models.all().stream(), Models.toolViews().stream()).toList();
    }
}
