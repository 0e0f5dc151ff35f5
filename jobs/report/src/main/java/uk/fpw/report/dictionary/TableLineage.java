package uk.fpw.report.dictionary;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;
import uk.fpw.layout.site.DictionaryInput;
import uk.fpw.model.Family;
import uk.fpw.model.FigureDefinition;
import uk.fpw.model.Model;
import uk.fpw.model.Models;
import uk.fpw.query.ReadyQueries;
import uk.fpw.report.dictionary.Lineage.Kind;

/** The lineage of a table, as far as the models, the definitions and the force folder describe it. */
record TableLineage(DictionaryInput input) {

    private static final Map<String, String> CORE = Map.of(
            "event", "core.event",
            "grading", "core.grading",
            "staffing", "core.staffing");
    private static final Map<String, String> QUERIES = Map.of(
            "core.event", "staging",
            "core.grading", "grading",
            "core.staffing", "staffing");

    /** What a table or view is made from, and what reads it. */
    Lineage of(Model model) {
        Lineage lineage = new Lineage();
        String own = add(lineage, model.table());
        trace(lineage, model, behind(model));
        for (Model view : readingViews(model)) {
            lineage.connect(own, add(lineage, view.table()));
        }
        for (ReadyQueries.ReadyQuery query : readyQueries(model)) {
            lineage.connect(
                    own,
                    lineage.add(
                            Kind.READY, query.name(), Link.query(query.name()).href()));
        }
        return lineage;
    }

    /** Views for BI tools with a query of their own that read it directly. */
    static List<Model> readingViews(Model model) {
        return Models.toolViews().stream()
                .filter(view -> !view.table().equals(model.table())
                        && SqlTables.in(view.sql()).contains(model.table()))
                .toList();
    }

    /** Ready-made queries that read it. */
    static List<ReadyQueries.ReadyQuery> readyQueries(Model model) {
        return ReadyQueries.all().stream()
                .filter(query -> SqlTables.in(query.sql()).contains(model.table()))
                .toList();
    }

    /** Everything that the definitions of a table read, directly or through other definitions. */
    static Set<String> sources(Model model) {
        Set<String> sources = new LinkedHashSet<>();
        Deque<FigureDefinition> open = new ArrayDeque<>(FigureDefinition.of(model.table()));
        while (!open.isEmpty()) {
            for (String source : open.pop().sources()) {
                if (sources.add(source)) {
                    FigureDefinition.all().stream()
                            .filter(definition -> definition.name().equals(source))
                            .forEach(open::push);
                }
            }
        }
        return sources;
    }

    private void trace(Lineage lineage, Model model, Predicate<DictionaryInput.Query> isBehind) {
        String own = add(lineage, model.table());
        if (model.countedBy() == Family.VIEW) {
            for (String table : SqlTables.in(model.sql())) {
                lineage.connect(add(lineage, table), own);
                Stream.concat(Models.all().stream(), Models.toolViews().stream())
                        .filter(found ->
                                found.table().equals(table) && !found.table().equals(model.table()))
                        .forEach(found -> trace(lineage, found, behind(found)));
            }
        } else if (QUERIES.containsKey(model.table())) {
            queries(lineage, own, QUERIES.get(model.table()), isBehind);
        } else if (FigureDefinition.of(model.table()).isEmpty() || model.table().equals("core.spell")) {
            undefined(lineage, model, own, isBehind);
        } else {
            defined(lineage, model, own, isBehind);
        }
    }

    /** Adds a table whose figures every run recounts by definitions. */
    private void defined(Lineage lineage, Model model, String own, Predicate<DictionaryInput.Query> isBehind) {
        Set<String> sources = sources(model);
        for (FigureDefinition definition : FigureDefinition.of(model.table())) {
            String definitionId = lineage.add(
                    Kind.DEFINITION,
                    definition.name(),
                    DictionaryPaths.table(model.table()) + "#"
                            + DictionaryPaths.anchor("definition", definition.name()));
            lineage.connect(definitionId, own);
            if (sources.contains("spell")) {
                core(lineage, definitionId, "core.spell", isBehind);
            }
            CORE.forEach((source, table) -> {
                boolean isThroughSpells = source.equals("event") && sources.contains("spell");
                if (sources.contains(source) && !isThroughSpells) {
                    core(lineage, definitionId, table, isBehind);
                }
            });
        }
    }

    /** Adds a table of which only the source tables are known. */
    private void undefined(Lineage lineage, Model model, String own, Predicate<DictionaryInput.Query> isBehind) {
        switch (model.countedBy()) {
            case ITEM -> {
                if (List.of("core.exclusion", "core.ahead").contains(model.table())) {
                    for (DictionaryInput.Feed feed : input.feeds()) {
                        lineage.connect(feed(lineage, feed.name()), own);
                    }
                } else {
                    core(lineage, own, "core.event", isBehind);
                }
            }
            case SERIES, CASE -> core(lineage, own, "core.spell", isBehind);
            case SCHEME -> core(lineage, own, "core.grading", isBehind);
            case DEFINITION -> lineage.connect(lineage.add(Kind.FOLDER, "what the force folder defines", null), own);
            case MART -> lineage.connect(lineage.add(Kind.OTHER, "rows of the queue tables", null), own);
            case FACT -> {
                lineage.connect(lineage.add(Kind.FOLDER, "published facts and their queries", null), own);
                lineage.connect(lineage.add(Kind.OTHER, "the tables that these queries read", null), own);
            }
            case COMPARISON -> {
                lineage.connect(lineage.add(Kind.OTHER, "this release", null), own);
                lineage.connect(lineage.add(Kind.OTHER, "releases before it", null), own);
            }
            case VIEW -> throw new IllegalStateException(model.table() + " is a view");
        }
    }

    private void core(Lineage lineage, String to, String table, Predicate<DictionaryInput.Query> isBehind) {
        String core = add(lineage, table);
        lineage.connect(core, to);
        if (QUERIES.containsKey(table)) {
            queries(lineage, core, QUERIES.get(table), isBehind);
        } else {
            core(lineage, core, "core.event", isBehind);
        }
    }

    private void queries(Lineage lineage, String to, String kind, Predicate<DictionaryInput.Query> isBehind) {
        for (DictionaryInput.Query query : input.queries()) {
            if (query.kind().equals(kind) && isBehind.test(query)) {
                String id = lineage.add(
                        Kind.QUERY, query.name(), DictionaryPaths.at(DictionaryPaths.FEEDS, "query", query.name()));
                lineage.connect(id, to);
                query.feeds().forEach(feed -> lineage.connect(feed(lineage, feed), id));
            }
        }
    }

    private static String feed(Lineage lineage, String feed) {
        return lineage.add(Kind.FEED, feed, Link.feed(feed).href());
    }

    private static String add(Lineage lineage, String table) {
        String schema = table.substring(0, table.indexOf('.'));
        return switch (schema) {
            case "core" -> lineage.add(Kind.CORE, table, DictionaryPaths.table(table));
            case "mart" -> lineage.add(Kind.MART, table, DictionaryPaths.table(table));
            case "bi", "bi_detail" -> lineage.add(Kind.VIEW, table, DictionaryPaths.table(table));
            default -> lineage.add(Kind.OTHER, table, null);
        };
    }

    /** The force's queries that a table depends on; of staging queries only those whose events it counts. */
    private Predicate<DictionaryInput.Query> behind(Model model) {
        Set<String> sources = sources(model);
        if (sources.contains("milestone_event")) {
            return query -> gives(query, input.milestones());
        }
        boolean isOfQueues =
                sources.contains("spell") || model.table().equals("core.spell") || model.countedBy() == Family.SERIES;
        return isOfQueues ? query -> gives(query, input.queues()) : query -> true;
    }

    private static boolean gives(DictionaryInput.Query query, List<DictionaryInput.Counted> counted) {
        return query.itemKind() == null
                || counted.stream()
                        .anyMatch(each -> each.itemKind().equals(query.itemKind())
                                && !common(each.events(), query.events()).isEmpty());
    }

    private static Set<String> common(List<String> some, List<String> others) {
        Set<String> common = new TreeSet<>(some);
        common.retainAll(others);
        return common;
    }
}
