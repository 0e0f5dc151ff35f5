package uk.fpw.audit.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

/** How values are written into a query, and which are rejected. */
class AuditQueryTest {

    @Test
    void valuesAreQuotedByTheirType() {
        assertThat(AuditQuery.named("chosen_series")
                        .with("source", "a\" where true --")
                        .with("release_id", "x' or true --")
                        .with("share", 4)
                        .sql())
                .isEqualTo("""
                        -- fpw/audit/chosen_series.sql
                        select *
                        from "a"" where true --"
                        where slice = 'all' or hash('x'' or true --', queue, slice, slice_value) % 4 = 0""");
    }

    @Test
    void listsMayBeEmptyAndHoldNull() {
        assertThat(AuditQuery.named("queue_feed")
                        .with("queues", List.of())
                        .with("feeds", List.of("it's"))
                        .sql())
                .contains("unnest(cast([] as varchar[])) as queue", "unnest(cast(['it''s'] as varchar[])) as feed");
    }

    @Test
    void parameterThatTheFileDoesNotDeclareIsRefused() {
        assertThatThrownBy(() -> AuditQuery.named("new_row_count").with("fed", "devices"))
                .hasMessage("fpw/audit/new_row_count.sql: parameter fed is unknown; it has [feed]");
    }

    @Test
    void parameterWithoutAValueOrWithTwoIsRefused() {
        AuditQuery query = AuditQuery.named("new_row_count");
        assertThatThrownBy(query::sql).hasMessage("fpw/audit/new_row_count.sql: parameter feed has no value");
        assertThatThrownBy(() -> query.with("feed", "devices").with("feed", "cases"))
                .hasMessage("fpw/audit/new_row_count.sql: parameter feed is set twice; it has [feed]");
    }

    @Test
    void valueThatIsNotOfItsTypeIsRefused() {
        assertThatThrownBy(() -> AuditQuery.named("changed_statistic")
                        .with("as_at", "2015-02-30")
                        .sql())
                .hasMessageStartingWith("fpw/audit/changed_statistic.sql: parameter as_at: ")
                .hasMessageContaining("2015-02-30");
        assertThatThrownBy(() -> AuditQuery.named("step_spell")
                        .with("cause_order", "1 or true")
                        .sql())
                .hasMessageStartingWith("fpw/audit/step_spell.sql: parameter cause_order: ");
    }

    @Test
    void queryWithoutAFileIsRefused() {
        assertThatThrownBy(() -> AuditQuery.named("nowhere")).hasMessage("there is no fpw/audit/nowhere.sql");
    }
}
