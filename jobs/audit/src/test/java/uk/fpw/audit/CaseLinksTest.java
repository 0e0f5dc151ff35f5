package uk.fpw.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import uk.fpw.audit.session.AuditSession;
import uk.fpw.warehouse.message.MetricsResult.QualityResult;

class CaseLinksTest {

    private final AuditSession session = AuditSession.open("Europe/London");

    @AfterEach
    void close() {
        session.close();
    }

    private void define() {
        session.define(Map.of(
                "milestone_event",
                "[{\"milestones\": \"children\", \"item_kind\": \"case\", \"event\": \"aware\", \"role\": \"opens\"}]",
                "case_activity",
                "[{\"milestones\": \"children\", \"item_kind\": \"device\", \"event\": \"examined\", \"is_linked\": "
                        + "true},"
                        + "{\"milestones\": \"children\", \"item_kind\": \"case\", \"event\": \"seen\", \"is_linked\": "
                        + "false}]"));
    }

    private void events(String rows) {
        session.execute("create view event as select * from (values " + rows
                + ") as rows (item_kind, item_key, contributor_key)");
    }

    @Test
    void itemsThatBelongToNoKnownCaseAreCounted() {
        define();
        events("""
                ('case', 'cases:C1', 'cases:C1'),
                ('case', 'cases:C2', 'cases:C2'),
                ('device', 'dfu:1', 'dfu:C1'),
                ('device', 'dfu:1', 'dfu:C1'),
                ('device', 'dfu:2', 'dfu:c-2'),
                ('device', 'dfu:3', 'dfu:C9'),
                ('device', 'dfu:4', 'dfu:4'),
                ('device', 'dfu:5', 'dfu:5'),
                ('device', 'dfu:5', 'dfu:C2'),
                ('call', 'calls:1', 'calls:1')""");

        assertThat(CaseLinks.run(session))
                .containsExactly(new QualityResult(
                        "milestones/children",
                        "LINKED_TO_A_CASE_DEVICE",
                        "warning",
                        3,
                        "3 of 5 items of kind device belong to no known case: 1 name none, 2 name one that is not "
                                + "among the cases (1 of these differs from the number of a case only in capitals, "
                                + "blanks or punctuation); silence and clock of their cases are unknown. Correct the "
                                + "numbers at the source"));
    }

    @Test
    void itemsThatAllHaveTheirCaseAreNoFinding() {
        define();
        events("('case', 'cases:C1', 'cases:C1'), ('device', 'dfu:1', 'dfu:C1')");

        assertThat(CaseLinks.run(session))
                .containsExactly(new QualityResult(
                        "milestones/children",
                        "LINKED_TO_A_CASE_DEVICE",
                        "warning",
                        0,
                        "every device belongs to a known case"));
    }

    @Test
    void forceWithoutCasesHasNoLinks() {
        session.define(Map.of());
        events("('device', 'dfu:1', 'dfu:C1')");

        assertThat(CaseLinks.run(session)).isEmpty();
    }
}
