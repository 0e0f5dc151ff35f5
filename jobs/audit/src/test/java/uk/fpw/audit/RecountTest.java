package uk.fpw.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import uk.fpw.audit.session.AuditQuery;
import uk.fpw.audit.session.AuditSession;

/** Which series are recounted if there are too many spells to count all. */
class RecountTest {

    @Test
    void seriesOfSlicesAreChosenInTurn() {
        try (AuditSession session = AuditSession.open("Europe/London")) {
            session.execute("create table series as select 'q' as queue, 'station' as slice, 'value ' || number as "
                    + "slice_value from range(1000) as numbers (number)");
            List<String> chosen = new ArrayList<>();
            for (String release : List.of("2015-12-30.1", "2015-12-31.1", "2016-01-01.1")) {
                String view = "of " + release;
                session.createView(
                        view,
                        AuditQuery.named("chosen_series")
                                .with("source", "series")
                                .with("release_id", release)
                                .with("share", 4));
                chosen.add(view);
            }

            assertThat(chosen)
                    .allSatisfy(view -> assertThat(session.count(view)).isBetween(180L, 320L));
            assertThat(session.number("select count(*) from (from \"" + chosen.get(0) + "\" except from \""
                            + chosen.get(1) + "\")"))
                    .isPositive();
        }
    }
}
