package uk.fpw.report.page;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import uk.fpw.layout.site.Operations;
import uk.fpw.report.data.SiteData;
import uk.fpw.report.text.English;

/** What of each feed is in no figure now, why and what its owner can do, and how that was in earlier months. */
final class LeftOutPart {

    /** Rows that are nobody's to correct. */
    private static final List<String> AS_MEANT = List.of("repeated", "superseded", "out of scope");

    private static final List<String> ORDER =
            List.of("failed", "refused", "excluded", "unreadable", "ahead", "repeated", "superseded", "out of scope");

    /** Months across a table. */
    private static final int MONTHS = 6;

    private final Operations operations;
    private final SiteData site;

    private final RuleWords rules;

    private LeftOutPart(SiteData site) {
        this.site = site;
        this.rules = new RuleWords(site);
        this.operations = site.request().operations();
    }

    static List<Block> of(SiteData site) {
        LeftOutPart part = new LeftOutPart(site);
        return List.of(part.standing(), part.reasons(), part.months());
    }

    private String owner(String feed) {
        return Objects.requireNonNullElse(site.owner(feed), "no owner stated");
    }

    private Block standing() {
        List<List<Block.Cell>> rows = new ArrayList<>();
        for (Operations.Load load : operations.loads()) {
            Operations.Account account = operations.accounts().stream()
                    .filter(one -> one.feed().equals(load.feed()))
                    .findFirst()
                    .orElse(null);
            Long refused = refused(load.feed());
            rows.add(cells(
                    English.sentence(English.words(load.feed())),
                    owner(load.feed()),
                    load.status().equals("loaded")
                            ? English.day(load.businessDate())
                            : "not loaded on " + English.day(load.businessDate()),
                    English.count(account == null ? null : (Long) account.current()),
                    English.count(refused),
                    English.count(load.held()),
                    English.count(account == null ? null : (Long) account.rowsExcluded()),
                    account == null || account.current() == 0
                            ? English.UNKNOWN
                            : English.share((double) account.rowsExcluded() / account.current()),
                    English.count(account == null ? null : (Long) account.ahead()),
                    English.count(account == null ? null : (Long) account.outOfScope()),
                    load.feed()));
        }
        return Block.ofTable(
                "standing",
                "What is not in the figures",
                rows.isEmpty()
                        ? QualityPage.NOT_KNOWN
                        : "Refused rows could not be stored, and no corrected one has come since. Held rows "
                                + "still count "
                                + "although the latest delivery did not have them, because keys of refused rows could "
                                + "not be read. Excluded rows are stored and in no figure. Rows ahead count once their "
                                + "day comes, rows out of scope are about the work of others.",
                new Block.DataTable(
                        "By feed, now",
                        List.of(
                                "Feed",
                                "Owner",
                                "Latest load of",
                                "Current rows",
                                "Refused",
                                "Held",
                                "Excluded",
                                "Share excluded",
                                "Ahead",
                                "Out of scope",
                                "Name in the force folder"),
                        rows));
    }

    private long refused(String feed) {
        return operations.leftOut().stream()
                .filter(one -> one.feed().equals(feed) && one.kind().equals("refused"))
                .map(Operations.LeftOut::rowCount)
                .filter(Objects::nonNull)
                .mapToLong(Long::longValue)
                .sum();
    }

    private Block reasons() {
        List<List<Block.Cell>> rows = operations.leftOut().stream()
                .filter(one -> !AS_MEANT.contains(one.kind()))
                .sorted(Comparator.comparing((Operations.LeftOut one) -> ORDER.indexOf(one.kind()))
                        .thenComparing(Operations.LeftOut::feed)
                        .thenComparing(one -> one.rowCount() == null ? 0L : -one.rowCount()))
                .map(one -> cells(
                        English.sentence(English.words(one.feed())),
                        owner(one.feed()),
                        one.kind(),
                        English.count(one.rowCount()),
                        English.sentence(why(one)),
                        one.since() == null ? English.UNKNOWN : English.shortDay(one.since()),
                        RuleWords.remedy(one.remedy()),
                        one.feed() + ": " + one.code()))
                .toList();
        return Block.ofTable(
                "reasons",
                "Why, and what its owner can do",
                rows.isEmpty()
                        ? operations.runs().runs().isEmpty() ? QualityPage.NOT_KNOWN : "No row is left out."
                        : "One line for each feed and reason. A row that breaks a rule of the force leaves out its "
                                + "item with all its rows, in every feed, so that more rows are left out than break "
                                + "it." + RuleWords.remedyOnce(rows),
                new Block.DataTable(
                        "Rows that are not in the figures, by reason",
                        List.of("Feed", "Owner", "It is", "Rows", "Why", "Since", "What to do", "Code"),
                        rows),
                "fpw rejections lists the rows with file and line, for those who may see them; fpw rejections --report "
                        + "FOLDER writes a file for each owner.");
    }

    private String why(Operations.LeftOut one) {
        String rule = one.kind().equals("excluded") ? rules.of(one.feed(), one.code()) : null;
        return rule != null
                ? rule
                : (one.field() == null ? "" : site.column(one.feed(), one.field()) + ": ") + one.words();
    }

    private Block months() {
        List<LocalDate> all = List.copyOf(new TreeSet<>(
                operations.months().stream().map(Operations.Month::month).toList()));
        List<LocalDate> latest = all.subList(Math.max(0, all.size() - MONTHS), all.size());
        return new Block(
                "months",
                "In earlier months",
                List.of(
                        latest.size() < 2
                                ? "Nothing is known of earlier months."
                                : "Excluded rows at the latest computation of each month, and refused rows of all its "
                                        + "loads; feeds without any are left out."),
                List.of(),
                latest.size() < 2
                        ? List.of()
                        : List.of(
                                table("Share of current rows that is excluded", latest, month -> {
                                    Long current = month.current();
                                    Long excluded = month.excluded();
                                    return current == null || excluded == null || current == 0
                                            ? null
                                            : (double) excluded / current;
                                }),
                                table("Share of received rows that was refused", latest, month -> {
                                    Long received = month.received();
                                    Long refused = month.refused();
                                    return received == null || refused == null || received == 0
                                            ? null
                                            : (double) refused / received;
                                })),
                List.of(),
                "");
    }

    private Block.DataTable table(
            String caption, List<LocalDate> months, Function<Operations.Month, @Nullable Double> share) {
        List<List<Block.Cell>> rows = new ArrayList<>();
        for (String feed : new TreeSet<>(
                operations.months().stream().map(Operations.Month::feed).toList())) {
            List<Double> shares = new ArrayList<>();
            for (LocalDate month : months) {
                shares.add(operations.months().stream()
                        .filter(one -> one.feed().equals(feed) && one.month().equals(month))
                        .findFirst()
                        .map(share)
                        .orElse(null));
            }
            if (shares.stream().anyMatch(one -> one != null && one > 0)) {
                rows.add(Stream.concat(
                                Stream.of(English.sentence(English.words(feed))),
                                shares.stream().map(English::share))
                        .map(Block.Cell::of)
                        .toList());
            }
        }
        return new Block.DataTable(
                caption,
                Stream.concat(Stream.of("Feed"), months.stream().map(English::shortMonth))
                        .toList(),
                rows);
    }

    private static List<Block.Cell> cells(String... values) {
        return Stream.of(values).map(Block.Cell::of).toList();
    }
}
