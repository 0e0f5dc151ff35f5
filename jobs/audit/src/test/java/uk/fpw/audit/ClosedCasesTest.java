package uk.fpw.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import uk.fpw.audit.session.AuditSession;
import uk.fpw.warehouse.message.MetricsResult.QualityResult;

class ClosedCasesTest {

    private final AuditSession session = AuditSession.open("Europe/London");

    @BeforeEach
    void define() {
        session.define(Map.of("milestone_event", """
                [{"milestones": "children", "item_kind": "case", "event": "aware", "role": "opens",
                  "data_as_at": "2015-12-31"},
                 {"milestones": "children", "item_kind": "case", "event": "closed", "role": "closes",
                  "data_as_at": "2015-12-31"}]""", "case_queue", """
                [{"milestones": "children", "queue": "interview", "is_linked": false},
                 {"milestones": "children", "queue": "safeguarding", "is_linked": false},
                 {"milestones": "children", "queue": "examination", "is_linked": true}]"""));
        session.execute("""
                create table event as select item_kind, item_key, event, cast(occurred_on as date) as occurred_on
                from (values
                    ('case', 'c:1', 'closed', '2015-06-01'),
                    ('case', 'c:2', 'closed', '2015-06-01'),
                    ('case', 'c:3', 'closed', '2015-06-01'), -- opened again: it is among the open ones
                    ('case', 'c:4', 'closed', '2016-01-01'), -- not yet
                    ('case', 'c:5', 'closed', '2015-06-01')  -- before it began to wait
                ) as rows (item_kind, item_key, event, occurred_on)""");
        session.execute("create table case_milestone_open as select 'children' as milestones, 'c:3' as case_key");
    }

    @AfterEach
    void close() {
        session.close();
    }

    @Test
    void closedCasesThatStillWaitAreCountedByQueue() {
        spells("""
                ('interview', 'c:1', '2015-01-01', null),
                ('safeguarding', 'c:1', '2015-01-01', null),
                ('safeguarding', 'c:2', '2015-01-01', null),
                ('interview', 'c:3', '2015-01-01', null),
                ('interview', 'c:4', '2015-01-01', null),
                ('interview', 'c:5', '2015-07-01', null)""");

        assertThat(ClosedCases.run(session))
                .containsExactly(result(
                        2,
                        "closed cases are still waiting: interview 1, safeguarding 2. The staging query returns no "
                                + "event by which they leave, or the source has none"));
    }

    @Test
    void casesThatLeftWhenTheyWereClosedAreNoFinding() {
        spells("('interview', 'c:1', '2015-01-01', '2015-06-01')");

        assertThat(ClosedCases.run(session)).containsExactly(result(0, "no closed case is waiting in a queue"));
    }

    private void spells(String rows) {
        session.execute("create table spell as select queue, item_key, cast(entered_on as date) as entered_on, "
                + "cast(left_on as date) as left_on from (values " + rows
                + ") as rows (queue, item_key, entered_on, left_on)");
    }

    private static QualityResult result(long cases, String message) {
        return new QualityResult("milestones/children", "CLOSED_CASES_WAIT", "warning", cases, message);
    }
}
