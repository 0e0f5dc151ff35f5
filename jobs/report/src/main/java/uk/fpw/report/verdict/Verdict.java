package uk.fpw.report.verdict;

import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import uk.fpw.report.data.Row;
import uk.fpw.report.data.SiteData;
import uk.fpw.report.text.English;
import uk.fpw.text.Plural;
import uk.fpw.text.VerdictWords;

/**
 * A verdict of {@code mart.period_verdict}, with the values of its measure.
 *
 * @param code {@code better}, {@code worse}, {@code no_evidence}, {@code fewer_because} or {@code cannot_be_told}; the
 *     last also where the row is not available
 * @param dueUnits of what a late share is, such as {@code cases with devices due}: whatever the queue counts, late is a
 *     case or person
 * @param reason the verdict's reason, or why the row is not available
 */
public record Verdict(
        String queue,
        String title,
        String dueUnits,
        String measure,
        Periods periods,
        String code,
        String reason,
        @Nullable Double value,
        @Nullable Double earlierValue,
        Size size) {

    /** Stands for a size, or what would have been found, that there is not. */
    public static final String NONE = "–";

    /** Stands for the verdict on a queue without one: a variant, or in a release that has no verdicts. */
    public static final String NOT_COMPARED = "not compared";

    /** Why an interval that excludes no change is no evidence. */
    private static final String AMONG_SO_MANY =
            " Alone it would be more than chance; of as many verdicts as are made together, some are so by chance.";

    private static final List<String> KINDS = List.of("year to date", "quarter", "month");

    /** The year to date first, since it has the most cases, and last year first. */
    private static final Comparator<Verdict> ORDER = Comparator.comparing(
                    (Verdict verdict) -> KINDS.indexOf(verdict.periods.kind))
            .thenComparing(verdict -> !verdict.periods.comparedWith.equals("last year"))
            .thenComparing(Verdict::title);

    private static final Map<String, String> MEASURES = Map.of(
            "received", "Received",
            "left", "Left",
            "served", "Served",
            "net change", "Net change",
            "late share", "Late",
            "time waited", "Half had left after");

    private static final String VERDICTS = """
            select
                verdict.*,
                queue.title,
                compared.value,
                compared.earlier_value,
                -- one case or person may have several items
                bool_and(compared.of_item_count = compared.of_case_count) over (partition by verdict.queue)
                    as is_of_items
            from mart.period_verdict as verdict
            inner join mart.dim_queue as queue using (queue)
            left join mart.period_comparison as compared
                using (queue, period_kind, compared_with, measure)
            where queue.queue_role <> 'variant'
            """;

    /**
     * What is compared.
     *
     * @param kind {@code year to date}, {@code quarter} or {@code month}
     * @param comparedWith {@code last year} or {@code the year before last}
     */
    public record Periods(String kind, String comparedWith, LocalDate from, LocalDate to) {

        /** Such as {@code April to November 2015}. */
        public String words() {
            if (from.withDayOfMonth(1).equals(to.withDayOfMonth(1))) {
                return English.month(to);
            }
            return from.getYear() == to.getYear()
                    ? English.month(from).replace(" " + from.getYear(), "") + " to " + English.month(to)
                    : English.month(from) + " to " + English.month(to);
        }

        /** Such as {@code a year before}. */
        String distance() {
            return isLastYear() ? "a year before" : "two years before";
        }

        private boolean isLastYear() {
            return comparedWith.equals("last year");
        }

        /** Such as {@code the same months of the year before}. */
        String earlier() {
            String months = from.withDayOfMonth(1).equals(to.withDayOfMonth(1)) ? "month" : "months";
            return "the same " + months + (isLastYear() ? " of the year before" : " two years before");
        }
    }

    /**
     * How much the measure differs.
     *
     * @param kind {@code ratio} or {@code difference}
     * @param detectable what would have been found; null without a test
     * @param isMoreThanChance whether its adjusted p is below 0.05
     */
    public record Size(
            String kind,
            @Nullable Double of,
            @Nullable Double low,
            @Nullable Double high,
            @Nullable Double detectable,
            boolean isMoreThanChance) {}

    /** The verdicts of whole queues and stages, first the year to date, against last year; none of an older release. */
    public static List<Verdict> of(SiteData site) {
        return site.release().has("mart.period_verdict", "verdict")
                ? site.release().rows(VERDICTS).stream()
                        .map(Verdict::of)
                        .sorted(ORDER)
                        .toList()
                : List.of();
    }

    private static Verdict of(Row row) {
        boolean isAvailable = row.flag("is_available");
        return new Verdict(
                row.text("queue"),
                row.text("title"),
                dueUnits(row),
                row.text("measure"),
                new Periods(
                        row.text("period_kind"),
                        row.text("compared_with"),
                        row.date("period_start_on"),
                        row.date("period_end_on")),
                isAvailable ? row.text("verdict") : "cannot_be_told",
                Objects.requireNonNullElse(
                        row.textOrNull(isAvailable ? "verdict_reason" : "unavailable_reason"), "the reason is unknown"),
                row.numberOrNull("value"),
                row.numberOrNull("earlier_value"),
                new Size(
                        row.text("size_kind"),
                        row.numberOrNull("size"),
                        row.numberOrNull("size_low"),
                        row.numberOrNull("size_high"),
                        row.numberOrNull("detectable"),
                        Objects.requireNonNullElse(row.numberOrNull("log10_p_adjusted"), 0.0) < VerdictWords.LOG10_P));
    }

    private static String dueUnits(Row row) {
        String unit = row.text("item_unit");
        return unit.equals("case") || row.flag("is_of_items")
                ? Plural.of(unit)
                : "cases with " + Plural.of(unit) + " due";
    }

    /** In one or two words, for a table. */
    public String words() {
        return VerdictWords.of(code, size.isMoreThanChance, isSureAlone());
    }

    private boolean isSureAlone() {
        return VerdictWords.isSureAlone(size.kind, size.low, size.high);
    }

    /** Of a change for better or worse, which and since when, such as {@code worse than two years before}. */
    public String direction() {
        return code + " than " + periods.distance();
    }

    /**
     * What the same period says against the other of the two years, such as {@code against last year: no evidence};
     * against last year also that there is no such verdict.
     *
     * @param all the verdicts of the release
     */
    public String otherYear(List<Verdict> all) {
        String other = periods.isLastYear() ? "the year before last" : "last year";
        return all.stream()
                .filter(verdict -> verdict.queue.equals(queue)
                        && verdict.periods.kind.equals(periods.kind)
                        && verdict.periods.comparedWith.equals(other))
                .findFirst()
                .map(verdict -> "against " + other + ": " + verdict.words())
                .orElse(periods.isLastYear() ? "" : "against last year: " + NOT_COMPARED);
    }

    /** As a sentence, with the values of both periods. */
    public String sentence() {
        return switch (code) {
            case "better", "worse" -> English.sentence(direction()) + ": " + change();
            case "no_evidence" ->
                size.isMoreThanChance
                        ? "A change that is smaller than what matters: " + values() + "."
                        : "No evidence of a change: " + values() + "."
                                + (isSureAlone() ? AMONG_SO_MANY : "")
                                + (wouldBeFound().equals(NONE)
                                        ? ""
                                        : " In 80 of 100 such comparisons " + wouldBeFound()
                                                + " would have been found; less than that may have changed.");
            case "fewer_because" ->
                "Not called better, although this is: " + values() + ". " + English.sentence(because()) + ".";
            default ->
                "Better or worse cannot be told (" + measure + ", " + periods.words() + " against " + periods.earlier()
                        + "): " + reason + ".";
        };
    }

    /** Both values of a change for better or worse, as a sentence. */
    public String change() {
        return values() + ", more than chance explains.";
    }

    /** What the verdict's reason says after its first words. */
    private String because() {
        return reason.startsWith("not called better: ") ? reason.substring("not called better: ".length()) : reason;
    }

    /** The measure in the later period, with its unit. */
    public String now() {
        return value(value);
    }

    /** The measure in the earlier period, with its unit. */
    public String then() {
        return value(earlierValue);
    }

    private String values() {
        String amount = difference();
        return MEASURES.getOrDefault(measure, English.sentence(measure)) + " " + now() + " in " + periods.words() + ", "
                + then() + " in " + periods.earlier()
                + (size.low == null ? "" : amount.startsWith("at ") ? "; " + amount : " (" + amount + ")");
    }

    private String value(@Nullable Double number) {
        if (number == null) {
            return English.UNKNOWN;
        }
        return switch (measure) {
            case "late share" -> share(number) + " of the " + dueUnits;
            case "time waited" -> English.days(number);
            case "net change" -> signed(number) + " a week";
            default -> English.number(number) + " a day of service";
        };
    }

    /** The ratio or difference with its 95 % interval; a dash without one. */
    public String difference() {
        if (size.low == null || size.of == null) {
            return NONE;
        }
        String high = size.high == null ? "no bound" : amount(size.high);
        String interval = "95 % interval " + amount(size.low) + " to " + high;
        return measure.equals("time waited")
                ? "at the same day of their wait items left " + amount(size.of) + " times as fast (" + interval + ")"
                : size.kind + " " + amount(size.of) + ", " + interval;
    }

    private String amount(double number) {
        return size.kind.equals("ratio")
                ? String.format(Locale.UK, "%.2f", number)
                : measure.endsWith("share")
                        ? String.format(Locale.UK, "%+.0f points", 100 * number + 0.0)
                        : signed(number);
    }

    /**
     * The ratio or difference that would have been found; a dash without a test, and for lateness and waits: a lasting
     * change of their pace makes each week resemble the next, so that the larger it is, the surer nothing is told.
     */
    public String wouldBeFound() {
        if (size.detectable == null || measure.equals("late share") || measure.equals("time waited")) {
            return NONE;
        }
        return size.kind.equals("ratio")
                ? "a ratio of " + amount(size.detectable) + " or " + amount(1 / size.detectable)
                : "a difference of "
                        + (measure.endsWith("share")
                                ? String.format(Locale.UK, "%.0f points", 100 * size.detectable)
                                : English.figure(size.detectable));
    }

    private static String share(double share) {
        return String.format(Locale.UK, "%.0f %%", 100 * share);
    }

    private static String signed(double number) {
        return String.format(Locale.UK, "%+.1f", number + 0.0);
    }
}
