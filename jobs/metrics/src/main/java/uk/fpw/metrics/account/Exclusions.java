package uk.fpw.metrics.account;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BinaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import uk.fpw.metrics.account.ItemRecord.Break;
import uk.fpw.metrics.account.ItemRecord.Fault;
import uk.fpw.metrics.account.ItemRecord.FeedRow;
import uk.fpw.metrics.capacity.StaffRules;
import uk.fpw.metrics.grading.GradedRow;
import uk.fpw.metrics.grading.JudgementRules;
import uk.fpw.metrics.lifecycle.Irregularity;
import uk.fpw.metrics.lifecycle.SparkText;

/**
 * Why an item is in no figure. Each of its rows gets one reason, the first that applies: a rule that the row breaks;
 * a rule that another row of the item breaks; a fault of a staging row, of a judgement, of staff in post; an
 * irregularity; no event or no queue uses the item.
 */
public final class Exclusions implements Serializable {

    /** The exclusion of an item without any event or judgement. */
    static final String NO_EVENT = "NO_EVENT";

    private static final String NO_QUEUE = "NO_QUEUE";

    private final ForceIndex index;
    private final JudgementRules judging;
    private final StaffRules staffing;

    /** An excluded row and why. */
    public record Exclusion(FeedRow row, String code, String reason) {}

    private record Reason(String code, String words) {}

    private record UnusableJudgement(JudgementRules.Problem problem, GradedRow judgement) {}

    private record Unstaffed(StaffRules.Problem problem, int staffing) {}

    public Exclusions(ForceIndex index, JudgementRules judging, StaffRules staffing) {
        this.index = index;
        this.judging = judging;
        this.staffing = staffing;
    }

    /**
     * The exclusions of all rows of an item that is in no figure; empty if nothing is wrong and the item is only
     * ahead.
     *
     * @param irregularities events of the item that do not fit its history
     * @param hasEvents whether {@code core.event} has events of the item
     * @param isAhead whether the item will be in figures on a later day
     */
    public List<Exclusion> of(
            ItemRecord record, List<Irregularity> irregularities, boolean hasEvents, boolean isAhead) {
        Reason ofItem = ofItem(record, irregularities);
        if (ofItem == null) {
            if (isAhead) {
                return List.of();
            }
            ofItem = hasEvents
                    ? new Reason(NO_QUEUE, "no queue takes the events of the item")
                    : new Reason(NO_EVENT, "no query yields an event or a judgement of the item");
        }
        Map<FeedRow, Break> own = own(record);
        List<Exclusion> exclusions = new ArrayList<>();
        for (FeedRow row : record.rows()) {
            Break broken = own.get(row);
            exclusions.add(
                    broken == null
                            ? new Exclusion(row, ofItem.code, ofItem.words)
                            : new Exclusion(
                                    row, index.rules().get(broken.rule()).code(), broken.reason()));
        }
        return exclusions;
    }

    /** The first rule that each row breaks itself. */
    private Map<FeedRow, Break> own(ItemRecord record) {
        Map<FeedRow, Break> own = new HashMap<>();
        for (Break broken : record.breaks()) {
            if (excludes(broken)) {
                own.merge(
                        new FeedRow(index.rules().get(broken.rule()).feed(), broken.key()),
                        broken,
                        BinaryOperator.minBy(Comparator.comparingInt(Break::rule)));
            }
        }
        return own;
    }

    private boolean excludes(Break broken) {
        return index.rules().get(broken.rule()).excludes();
    }

    /** The reason that applies to all rows of an item; null if nothing is wrong with it. */
    private @Nullable Reason ofItem(ItemRecord record, List<Irregularity> irregularities) {
        Reason rule = ofRule(record);
        if (rule != null) {
            return rule;
        }
        Reason fault = ofFault(record);
        if (fault != null) {
            return fault;
        }
        Reason judgement = ofJudgement(record);
        if (judgement != null) {
            return judgement;
        }
        Reason staff = ofStaff(record);
        if (staff != null) {
            return staff;
        }
        return ofMisfit(irregularities);
    }

    private @Nullable Reason ofRule(ItemRecord record) {
        return record.breaks().stream()
                .filter(this::excludes)
                .min(Comparator.comparingInt(Break::rule).thenComparing(Break::key, SparkText.ORDER))
                .map(broken -> {
                    ForceIndex.RuleEntry rule = index.rules().get(broken.rule());
                    return new Reason(
                            rule.code(),
                            "a row of the same item in feed " + index.feeds().get(rule.feed()) + " breaks the rule: "
                                    + broken.reason());
                })
                .orElse(null);
    }

    private @Nullable Reason ofFault(ItemRecord record) {
        return record.faults().stream()
                .min(Comparator.comparing((Fault fault) -> fault.problem().name())
                        .thenComparing(
                                fault -> index.stagings().get(fault.staging()).name(), SparkText.ORDER))
                .map(fault -> new Reason(
                        fault.problem().name(),
                        "staging query " + index.stagings().get(fault.staging()).name()
                                + switch (fault.problem()) {
                                    case UNDECLARED_EVENT -> " yields an event that it does not declare, or none";
                                    case MISSING_DATE -> " yields an event without a date";
                                }))
                .orElse(null);
    }

    private @Nullable Reason ofJudgement(ItemRecord record) {
        List<UnusableJudgement> unusable = new ArrayList<>();
        for (GradedRow judgement : record.judgements()) {
            JudgementRules.Problem problem = judging.problem(record.item(), judgement);
            if (problem != null && problem.isFault()) {
                unusable.add(new UnusableJudgement(problem, judgement));
            }
        }
        return unusable.stream()
                .min(Comparator.comparing((UnusableJudgement one) -> one.problem.name())
                        .thenComparing(
                                one -> index.gradings()
                                        .get(one.judgement.grading())
                                        .name(),
                                SparkText.ORDER)
                        .thenComparing(one -> judging.reason(one.problem, one.judgement), SparkText.ORDER))
                .map(one -> new Reason(
                        one.problem.name(),
                        "grading query "
                                + index.gradings().get(one.judgement.grading()).name() + " yields a judgement "
                                + judging.reason(one.problem, one.judgement)))
                .orElse(null);
    }

    private @Nullable Reason ofStaff(ItemRecord record) {
        if (record.item() == null) {
            return null; // rows of feeds that name no item have nothing to do with each other
        }
        return record.staff().stream()
                .flatMap(row -> Stream.ofNullable(staffing.problem(record.item(), row))
                        .filter(problem -> problem != StaffRules.Problem.AFTER_BUSINESS_DATE)
                        .map(problem -> new Unstaffed(problem, row.staffing())))
                .min(Comparator.comparing(Unstaffed::problem)
                        .thenComparing(
                                one -> index.staffings().get(one.staffing()).name(), SparkText.ORDER))
                .map(one -> new Reason(
                        one.problem().name(),
                        "staffing query "
                                + index.staffings().get(one.staffing()).name() + " yields a row "
                                + one.problem().reason()))
                .orElse(null);
    }

    private @Nullable Reason ofMisfit(List<Irregularity> irregularities) {
        return irregularities.stream()
                .filter(each -> each.code().excludes())
                .min(Comparator.comparingInt(Irregularity::queue)
                        .thenComparing(each -> each.code().name())
                        .thenComparing(each -> each.event().event(), SparkText.ORDER))
                .map(misfit -> {
                    String event = "'" + misfit.event().event() + "'";
                    return new Reason(
                            misfit.code().name(),
                            "queue " + index.queues().get(misfit.queue()) + ": "
                                    + switch (misfit.code()) {
                                        case CLOSED_BEFORE_RECEIVED -> event + " comes before the item is received";
                                        case DATES_OUT_OF_ORDER ->
                                            "the dates of the item are not in the order of the stages";
                                        default -> event + " although the item was never received";
                                    });
                })
                .orElse(null);
    }
}
