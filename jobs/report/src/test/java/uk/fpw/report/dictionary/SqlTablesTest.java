package uk.fpw.report.dictionary;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Which tables a query names. */
class SqlTablesTest {

    @Test
    void tablesAreFoundInFromAndJoinAndNowhereElse() {
        assertThat(SqlTables.in("""
                        -- reads from mart.in_comment
                        with a as (select * from mart.queue_daily)
                        /* from mart.in_block */
                        select 'from mart.in_text', mart.not_a_source.x
                        from a
                        inner join core.spell on a.queue = spell.queue
                        LEFT JOIN
                            bi_detail.queue as q using (queue)
                        where x in (select y from ops.release)
                        """))
                .containsExactly("bi_detail.queue", "core.spell", "mart.queue_daily", "ops.release");
    }

    @Test
    void headerOfAQueryIsReadBySentence() {
        assertThat(QueriesPage.header("""
                        -- How many?
                        -- Says: the stock.
                        --   Of it some.
                        -- Grain: queue.
                        select 1 -- one
                        """))
                .isEqualTo(List.of("How many?", "Says: the stock. Of it some.", "Grain: queue."));
    }
}
