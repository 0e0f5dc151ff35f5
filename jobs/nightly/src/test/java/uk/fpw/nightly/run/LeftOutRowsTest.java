package uk.fpw.nightly.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import uk.fpw.layout.site.Operations;
import uk.fpw.nightly.rejection.Rejection;
import uk.fpw.warehouse.store.ledger.feed.RefusalLedger;

class LeftOutRowsTest {

    private static final LocalDate DAY = LocalDate.of(2016, 1, 12);

    private static Rejection refused(long line, @Nullable String key) {
        return new Rejection(
                Rejection.REFUSED,
                "devices",
                DAY,
                "UNPARSABLE",
                "received_on",
                1L,
                new RefusalLedger.Place("devices.csv", line, "dd/dd"),
                key,
                "received_on is not a date; line " + line);
    }

    @Test
    void refusedRowsOfOneReasonAreOneWithoutLineOrKeySinceTheFirstOfThem() {
        List<Operations.LeftOut> found = LeftOutRows.of(
                List.of(refused(7, "lab:1"), refused(9, null)),
                Map.of(
                        new RefusalLedger.Reason("devices", "UNPARSABLE", "received_on", "lab:1"),
                        new RefusalLedger.Dates(DAY.minusDays(3), 2)));

        assertThat(found)
                .containsExactly(new Operations.LeftOut(
                        "refused",
                        "devices",
                        "UNPARSABLE",
                        "received_on",
                        2L,
                        "a value cannot be read as what the feed says it is",
                        "Correct the value in the source. If its form is right, tell the warehouse team, which can "
                                + "allow it.",
                        DAY.minusDays(3)));
    }

    @Test
    void rowsOfAFailedLoadAreNotKnownAndItsFileIsNotNamed() {
        Rejection failed = new Rejection(
                Rejection.FAILED,
                "devices",
                DAY,
                Rejection.LOAD_FAILED,
                null,
                null,
                null,
                null,
                "/home/force/devices.csv:1: no header");

        assertThat(LeftOutRows.of(List.of(failed), Map.of()))
                .singleElement()
                .satisfies(one -> assertThat(one.rowCount()).isNull())
                .satisfies(one -> assertThat(one.words()).doesNotContain("devices.csv"));
    }

    @Test
    void excludedRowsHaveTheMessageOfTheirRule() {
        Rejection excluded = new Rejection(
                Rejection.EXCLUDED, "devices", DAY, "TOO_EARLY", null, 3L, null, null, "examined before received");

        assertThat(LeftOutRows.of(List.of(excluded), Map.of()))
                .extracting(Operations.LeftOut::words, Operations.LeftOut::rowCount, Operations.LeftOut::since)
                .containsExactly(org.assertj.core.groups.Tuple.tuple("examined before received", 3L, DAY));
    }
}
