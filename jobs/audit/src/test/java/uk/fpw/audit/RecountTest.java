package uk.fpw.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import uk.fpw.layout.ReleaseId;

/** Which series are counted again where there are too many spells to count all. */
class RecountTest {

    @Test
    void everyTotalIsChosenAndSeriesOfSlicesInTurn() {
        try (AuditSession session = AuditSession.open("Europe/London")) {
            session.execute("create table series as select 'q' as queue, 'all' as slice, 'all' as slice_value union all"
                    + " select 'q', 'station', 'value ' || number from range(1000) as numbers (number)");
            List<Long> chosen = new ArrayList<>();
            for (String release : List.of("2015-12-30.1", "2015-12-31.1", "2016-01-01.1")) {
                chosen.add(session.number("select count(*) from series where slice = 'station' and "
                        + Recount.isChosen(ReleaseId.of(release), 4)));
                assertThat(session.number("select count(*) from series where slice = 'all' and "
                                + Recount.isChosen(ReleaseId.of(release), 4)))
                        .isEqualTo(1);
            }

            assertThat(chosen).allSatisfy(count -> assertThat(count).isBetween(180L, 320L));
            assertThat(session.number(
                            "select count(*) from series where " + Recount.isChosen(ReleaseId.of("2015-12-30.1"), 4)
                                    + " and not " + Recount.isChosen(ReleaseId.of("2015-12-31.1"), 4)))
                    .isPositive();
        }
    }
}
