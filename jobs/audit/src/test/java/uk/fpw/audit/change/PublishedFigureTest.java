package uk.fpw.audit.change;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import uk.fpw.audit.session.AuditQuery;
import uk.fpw.model.Explained;
import uk.fpw.model.Models;

class PublishedFigureTest {

    /** Otherwise a figure would be explained, and nothing would test its explanation. */
    @Test
    void everyCountThatIsExplainedAsASumIsTested() {
        String sql =
                AuditQuery.named("published_figure").with("as_at", "2016-01-12").sql();
        List<String> tested = Pattern.compile("'measure': '([a-z0-9_]+)'")
                .matcher(sql)
                .results()
                .map(found -> found.group(1))
                .distinct()
                .toList();

        assertThat(tested)
                .containsExactlyInAnyOrderElementsOf(
                        Models.find("mart.queue_monthly").orElseThrow().explained(Explained.SUM));
    }
}
