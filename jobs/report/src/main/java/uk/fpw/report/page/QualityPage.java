package uk.fpw.report.page;

import java.util.ArrayList;
import java.util.List;
import uk.fpw.layout.site.Operations;
import uk.fpw.report.data.SiteData;
import uk.fpw.report.text.English;

/** What was loaded, what is in no figure and why, and what tests found. */
public final class QualityPage implements PageSource {

    static final String NOT_KNOWN = "Not known: this page was made without the records of runs.";

    @Override
    public List<Page> pages(SiteData site) {
        Operations operations = site.request().operations();
        List<Block> blocks = new ArrayList<>();
        blocks.addAll(LeftOutPart.of(site));
        blocks.add(FindingsPart.of(site));
        blocks.addAll(SilencePart.of(site));
        blocks.addAll(LaterDatesPart.of(site));
        blocks.add(loads(operations));
        blocks.add(accounts(operations));
        return List.of(new Page(
                "quality/index.html",
                "Data quality",
                Section.QUALITY,
                "blocks.jte",
                new BlocksModel(
                        List.of(
                                "Every row of a source is loaded, unchanged, repeated, superseded, refused or "
                                        + "kept out because it was erased; every loaded row is used in figures, left "
                                        + "out for a reason, ahead of the last day that is counted, or out of scope. "
                                        + "What is listed here is in no figure, or was found odd.",
                                "It begins with what stands now: what its owner can correct comes first."),
                        blocks)));
    }

    private static Block loads(Operations operations) {
        return Block.ofTable(
                "loads",
                "The latest load of each feed",
                operations.loads().isEmpty()
                        ? NOT_KNOWN
                        : "Each received row is loaded, unchanged, repeated, superseded, refused or kept out.",
                new Block.DataTable(
                        "Rows of the latest load",
                        List.of(
                                "Feed",
                                "Of",
                                "Status",
                                "Received",
                                "Loaded",
                                "Unchanged",
                                "Repeated",
                                "Superseded",
                                "Refused",
                                "Kept out",
                                "Held"),
                        operations.loads().stream()
                                .map(load -> cells(
                                        English.sentence(English.words(load.feed())),
                                        English.day(load.businessDate()),
                                        load.status(),
                                        English.count(load.received()),
                                        English.count(load.loaded()),
                                        English.count(load.unchanged()),
                                        English.count(load.repeated()),
                                        English.count(load.superseded()),
                                        English.count(load.refused()),
                                        English.count(load.keptOut()),
                                        English.count(load.held())))
                                .toList()));
    }

    private static Block accounts(Operations operations) {
        return Block.ofTable(
                "accounts",
                "Where the rows of each feed went",
                operations.accounts().isEmpty()
                        ? NOT_KNOWN
                        : "The current rows are used, excluded, ahead or out of scope. Ahead: all that is known of the "
                                + "item lies after the last day that is counted; a date far away is most likely "
                                + "mistyped. Out of scope: the row is about the work of others. A row should not "
                                + "leave the scope, nor its columns change.",
                new Block.DataTable(
                        "Rows by the latest computation",
                        List.of(
                                "Feed",
                                "Current",
                                "Used",
                                "Excluded",
                                "Ahead",
                                "Out of scope",
                                "Of these once in scope",
                                "Scope columns changed"),
                        operations.accounts().stream()
                                .map(account -> cells(
                                        English.sentence(English.words(account.feed())),
                                        English.count(account.current()),
                                        English.count(account.used()),
                                        English.count(account.rowsExcluded()),
                                        English.count(account.ahead()),
                                        English.count(account.outOfScope()),
                                        English.count(account.wereInScope()),
                                        English.count(account.scopeChanged())))
                                .toList()));
    }

    private static List<Block.Cell> cells(String... values) {
        return java.util.Arrays.stream(values).map(Block.Cell::of).toList();
    }
}
