package uk.fpw.report.dictionary;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import uk.fpw.layout.site.DictionaryInput;
import uk.fpw.report.page.Page;
import uk.fpw.report.page.Section;

/** The feeds, and the queries that turn their rows into events and judgements. */
record FeedsPage(DictionaryInput input) {

    Page page() {
        return new Page(DictionaryPaths.FEEDS, "Feeds", Section.DICTIONARY, "dictionary/feeds.jte", model());
    }

    FeedsModel model() {
        return new FeedsModel(
                notes(input),
                input.feeds().stream().map(this::feed).toList(),
                input.queries().stream().map(FeedsPage::query).toList(),
                Stream.concat(input.queues().stream(), input.milestones().stream())
                        .map(counted -> new TableModel.QueueFeeds(
                                counted.title(),
                                counted.feeds().stream().map(Link::feed).toList(),
                                String.join(", ", counted.events())))
                        .toList());
    }

    /** Notes on everything that comes from the force folder. */
    static List<String> notes(DictionaryInput input) {
        if (!input.isKnown()) {
            return List.of("The force folder could not be read when these pages were made, so nothing from it is "
                    + "shown; fpw check lists its errors.");
        }
        return input.isOfRelease()
                ? List.of("As defined in the force folder; the release was made with the same folder.")
                : List.of("As now defined in the force folder. The release was made with another state of the folder, "
                        + "which may have defined it differently.");
    }

    private FeedsModel.Feed feed(DictionaryInput.Feed feed) {
        List<TableModel.Fact> facts = new ArrayList<>();
        facts.add(new TableModel.Fact(
                "Owner", feed.owner() == null ? "not stated; the system is " + feed.source() : feed.owner()));
        facts.add(new TableModel.Fact("Read", feed.reads() + " through the connection " + feed.connection()));
        facts.add(new TableModel.Fact("Extract", feed.extract()));
        facts.add(new TableModel.Fact("Delivery", feed.delivery()));
        facts.add(new TableModel.Fact(
                "Key",
                feed.key().isEmpty()
                        ? "none: all values of a row together identify it"
                        : String.join(", ", feed.key())));
        facts.add(new TableModel.Fact("Item", feed.item().equals("row") ? "every row is one" : feed.item()));
        facts.add(new TableModel.Fact(
                "In scope",
                feed.scope() == null
                        ? "all rows"
                        : "rows for which " + feed.scope().strip()));
        facts.add(new TableModel.Fact(
                "Never loaded",
                feed.dropped().isEmpty()
                        ? "no column is named; a column that the feed does not name is not loaded"
                        : String.join(", ", feed.dropped())));
        List<Link> links = new ArrayList<>();
        input.queries().stream()
                .filter(query -> query.feeds().contains(feed.name()))
                .forEach(query -> links.add(new Link(
                        query.kind() + " query " + query.name(),
                        DictionaryPaths.at(DictionaryPaths.FEEDS, "query", query.name()))));
        input.rules().stream()
                .filter(rule -> rule.feed().equals(feed.name()))
                .forEach(rule -> links.add(RulesPage.link(rule)));
        return new FeedsModel.Feed(
                DictionaryPaths.anchor("feed", feed.name()),
                feed.name(),
                feed.description().strip(),
                facts,
                links,
                feed.columns().stream().map(FeedsPage::column).toList());
    }

    private static FeedsModel.Column column(DictionaryInput.Column column) {
        return new FeedsModel.Column(
                column.name(),
                column.from(),
                column.type(),
                privacy(column),
                column.isRequired() ? "yes" : "no",
                column.description().strip());
    }

    static String privacy(DictionaryInput.Column column) {
        return column.isPseudonym() ? "personal: kept as a pseudonym" : "not personal";
    }

    private static TermsModel.Term query(DictionaryInput.Query query) {
        List<TableModel.Fact> facts = new ArrayList<>();
        facts.add(new TableModel.Fact(
                "Makes rows of",
                switch (query.kind()) {
                    case "staging" -> "core.event";
                    case "grading" -> "core.grading";
                    default -> "core.staffing";
                }));
        if (query.itemKind() != null) {
            facts.add(new TableModel.Fact("Kind of item", query.itemKind()));
        }
        if (!query.events().isEmpty()) {
            facts.add(new TableModel.Fact("Events", String.join(", ", query.events())));
        }
        return new TermsModel.Term(
                DictionaryPaths.anchor("query", query.name()),
                query.name(),
                query.kind() + " query",
                List.of(),
                facts,
                "Reads",
                query.feeds().stream().map(Link::feed).toList(),
                "The query",
                query.sql().strip());
    }
}
