package uk.fpw.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import uk.fpw.audit.session.AuditSession;
import uk.fpw.audit.session.QueryRow;
import uk.fpw.model.ChangeCause;

/**
 * Decides the cause of changed spells, one per row: how it changed, what is true of its item and of the releases, its
 * cause.
 */
class ChangeCauseDecisionTest {

    private static final List<String> FACTS = List.of(
            "has_new_rows",
            "has_withdrawn_rows",
            "has_late_feed",
            "is_deleted",
            "was_excluded",
            "is_excluded",
            "is_redefined",
            "is_other_software",
            "is_erased",
            "has_new_reference_rows",
            "has_waiting_events");

    @ParameterizedTest(name = "{0}, {1}: {2}")
    @CsvSource(delimiter = '|', textBlock = """
                    # nothing about the item was loaded
                    other        |                                                         | unexplained
                    new          | is_other_software                                       | software
                    other        | is_other_software has_new_reference_rows                | software
                    gone         | is_redefined                                            | definition
                    # the SQL of the force was changed in the night of an upgrade: that is the likelier cause
                    gone         | is_redefined is_other_software                          | definition
                    gone         | is_redefined is_excluded                                | definition
                    new          | is_redefined has_waiting_events                         | definition
                    reclassified | has_new_reference_rows                                  | reference data
                    reclassified | has_new_reference_rows is_redefined                     | definition
                    gone         | has_waiting_events is_excluded                          | time passed
                    gone         | has_waiting_events is_excluded has_new_reference_rows   | time passed
                    gone         | is_excluded                                             | unexplained
                    # a row of the item was erased, another one was not
                    other        | is_erased                                               | deleted
                    gone         | is_erased has_waiting_events                            | time passed
                    gone         | is_erased is_other_software                             | software
                    new          | has_new_rows is_erased                                  | recorded late
                    # rows of the item were loaded
                    left         | has_new_rows                                            | recorded late
                    new          | has_new_rows                                            | recorded late
                    reopened     | has_new_rows                                            | re-opened
                    reclassified | has_new_rows                                            | reclassified
                    other        | has_new_rows                                            | corrected
                    moved        | has_new_rows                                            | corrected
                    gone         | has_new_rows                                            | corrected
                    gone         | has_new_rows is_deleted                                 | deleted
                    moved        | has_new_rows is_deleted                                 | deleted
                    # the row that held the exit was deleted
                    reopened     | has_new_rows is_deleted                                 | deleted
                    # one of two rows of the item was deleted, and the other says that it left
                    left         | has_new_rows is_deleted                                 | recorded late
                    gone         | has_new_rows is_excluded                                | excluded
                    new          | has_new_rows was_excluded                               | no longer excluded
                    # excluded before and after
                    reclassified | has_new_rows was_excluded is_excluded                   | reclassified
                    gone         | has_new_rows is_deleted is_excluded                     | deleted
                    # a feed was missing and is caught up
                    left         | has_new_rows has_late_feed                              | coverage
                    gone         | has_new_rows has_late_feed is_deleted                   | coverage
                    reopened     | has_new_rows has_withdrawn_rows                         | withdrawn load
                    left         | has_new_rows has_withdrawn_rows has_late_feed           | withdrawn load
                    # rows of the item were loaded, and the definition was changed too
                    left         | has_new_rows is_redefined is_other_software             | recorded late
                    """)
    void causeIsTheFirstWhoseConditionIsTrue(String change, String facts, String cause) {
        List<String> isTrue = facts == null ? List.of() : Arrays.asList(facts.split(" "));
        assertThat(FACTS).containsAll(isTrue);

        assertThat(decide(change, isTrue)).isEqualTo(cause);
    }

    @Test
    void everyChangeOfAnItemWithNewRowsHasACause() {
        assertThat(Stream.of("gone", "new", "moved", "left", "reopened", "reclassified", "other"))
                .allSatisfy(change ->
                        assertThat(decide(change, List.of("has_new_rows"))).isNotEqualTo(ChangeCause.UNEXPLAINED));
    }

    private static String decide(String change, List<String> isTrue) {
        try (AuditSession session = AuditSession.open("Europe/London")) {
            return new QueryRow(session.rows("select " + ChangeCause.decision() + " from (select '" + change
                                    + "' as change, "
                                    + FACTS.stream()
                                            .map(fact -> isTrue.contains(fact) + " as " + fact)
                                            .collect(Collectors.joining(", "))
                                    + ")")
                            .get(0))
                    .text(0);
        }
    }
}
