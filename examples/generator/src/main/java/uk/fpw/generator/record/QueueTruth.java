package uk.fpw.generator.record;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * An independent definition of a queue of the force folder, for recomputing figures without the product.
 *
 * @param enters events that start a spell, the first or a later one
 * @param leaves events that end a spell, with the exit reason
 * @param served exit reasons that mean that the work was done
 */
public record QueueTruth(String queue, Set<String> enters, Map<String, String> leaves, Set<String> served) {

    /** The queues of devices. */
    public static final List<QueueTruth> DEVICES = List.of(
            new QueueTruth(
                    "seized_no_result",
                    Set.of("seized", "reopened"),
                    Map.of(
                            "result_given", "result given",
                            "rejected", "rejected",
                            "withdrawn_unsubmitted", "withdrawn",
                            "withdrawn_unaccepted", "withdrawn",
                            "withdrawn_unexamined", "withdrawn",
                            "withdrawn_unfinished", "withdrawn",
                            "withdrawn_unreported", "withdrawn"),
                    Set.of("result given")),
            new QueueTruth(
                    "awaiting_submission",
                    Set.of("seized"),
                    Map.of("submitted", "submitted", "withdrawn_unsubmitted", "withdrawn"),
                    Set.of("submitted")),
            new QueueTruth(
                    "awaiting_acceptance",
                    Set.of("submitted"),
                    Map.of("accepted", "accepted", "rejected", "rejected", "withdrawn_unaccepted", "withdrawn"),
                    Set.of("accepted")),
            new QueueTruth(
                    "awaiting_examination",
                    Set.of("accepted", "reopened"),
                    Map.of(
                            "started",
                            "examination started",
                            "returned_examined",
                            "examined by provider",
                            "withdrawn_unexamined",
                            "withdrawn"),
                    Set.of("examination started", "examined by provider")),
            new QueueTruth(
                    "in_examination",
                    Set.of("started"),
                    Map.of("examined", "examined", "withdrawn_unfinished", "withdrawn"),
                    Set.of("examined")),
            new QueueTruth(
                    "awaiting_report",
                    Set.of("examined", "returned_examined"),
                    Map.of("result_given", "result given", "withdrawn_unreported", "withdrawn"),
                    Set.of("result given")),
            new QueueTruth(
                    "awaiting_examination_in_house",
                    Set.of("accepted", "reopened", "returned_unexamined"),
                    Map.of(
                            "started",
                            "examination started",
                            "outsourced",
                            "outsourced",
                            "withdrawn_unexamined",
                            "withdrawn"),
                    Set.of("examination started")),
            new QueueTruth(
                    "with_provider",
                    Set.of("outsourced"),
                    Map.of("returned_examined", "returned examined", "returned_unexamined", "returned unexamined"),
                    Set.of("returned examined")));

    /** The queues of cases. */
    public static final List<QueueTruth> CASES = List.of(
            new QueueTruth(
                    "cases_awaiting_interview",
                    Set.of("became_aware"),
                    Map.of("interviewed", "interviewed", "interview_not_needed", "not needed"),
                    Set.of("interviewed")),
            new QueueTruth(
                    "cases_awaiting_safeguarding",
                    Set.of("became_aware"),
                    Map.of("safeguarded", "safeguarded", "safeguarding_not_needed", "not needed"),
                    Set.of("safeguarded")));

    /** The queue of referrals. */
    public static final List<QueueTruth> REFERRALS = List.of(new QueueTruth(
            "domestic_abuse_first_look",
            Set.of("received"),
            Map.of("looked_at", "looked at", "closed_unseen", "closed without a look"),
            Set.of("looked at")));
}
