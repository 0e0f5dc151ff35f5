package uk.fpw.metrics.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import uk.fpw.layout.KeyFormat;
import uk.fpw.metrics.lifecycle.Irregularity.Code;
import uk.fpw.warehouse.force.queue.Queue;

/** Items whose events come in every order; the business date is 2015-03-31. */
@Tag("time-zone")
class ItemLifecycleTest {

    private static final Queue WAITING = ItemTimeline.queue(
            "waiting",
            null,
            List.of("received"),
            List.of(new Queue.ReEntry("returned", "further work")),
            List.of(new Queue.Exit("examined", "examined", true), new Queue.Exit("withdrawn", "withdrawn", false)));

    private static ItemTimeline timeline(String events) {
        return ItemTimeline.of(List.of(WAITING), events);
    }

    @Test
    void itemThatNoEventTakesOutWaits() {
        ItemTimeline timeline = timeline("2015-01-05 received");
        assertThat(timeline.spells()).containsExactly("waiting 2015-01-05 waits");
        assertThat(timeline.irregularities()).isEmpty();
        assertThat(timeline.excluded()).isEmpty();
    }

    @Test
    void itemThatComesBackHasAFurtherSpellWithItsReason() {
        ItemTimeline timeline = timeline("""
                2015-02-02 returned
                2015-01-05 received
                2015-03-03 withdrawn
                2015-01-09 examined""");
        assertThat(timeline.spells())
                .containsExactly(
                        "waiting 2015-01-05 2015-01-09 examined, served",
                        "waiting 2015-02-02 2015-03-03 withdrawn; further work, first 2015-01-05");
        assertThat(timeline.irregularities()).isEmpty();
    }

    @Test
    void itemThatIsReceivedAfterItLeftIsBackAndNoted() {
        ItemTimeline timeline = timeline("""
                2015-01-05 received
                2015-01-09 examined
                2015-02-02 received    # no event by which items come back""");
        assertThat(timeline.spells())
                .containsExactly(
                        "waiting 2015-01-05 2015-01-09 examined, served",
                        "waiting 2015-02-02 waits; received again, first 2015-01-05");
        assertThat(timeline.irregularities()).containsExactly("waiting RECEIVED_AGAIN received 2015-02-02");
        assertThat(timeline.excluded()).isEmpty();
    }

    @Test
    void anEventThatEntersAndComesBackHasItsReasonOnlyWhenItComesBack() {
        Queue queue = ItemTimeline.queue(
                "waiting",
                null,
                List.of("received"),
                List.of(new Queue.ReEntry("received", "sent in anew")),
                List.of(new Queue.Exit("examined", "examined", true)));
        ItemTimeline timeline = ItemTimeline.of(List.of(queue), """
                2015-01-05 received
                2015-01-09 examined
                2015-02-02 received
                2015-02-03 received    # it already exists""");
        assertThat(timeline.spells())
                .containsExactly(
                        "waiting 2015-01-05 2015-01-09 examined, served",
                        "waiting 2015-02-02 waits; sent in anew, first 2015-01-05");
        assertThat(timeline.irregularities()).containsExactly("waiting RECEIVED_TWICE received 2015-02-03");
    }

    @Test
    void whatChangesNothingIsIgnoredAndNoted() {
        ItemTimeline timeline = timeline("""
                2015-01-05 received
                2015-01-06 received    # is there
                2015-01-07 returned    # is there
                2015-01-09 examined
                2015-01-10 withdrawn   # has left
                2015-01-11 examined    # has left""");
        assertThat(timeline.spells()).containsExactly("waiting 2015-01-05 2015-01-09 examined, served");
        assertThat(timeline.irregularities())
                .containsExactly(
                        "waiting RECEIVED_TWICE received 2015-01-06",
                        "waiting REOPENED_WHILE_OPEN returned 2015-01-07",
                        "waiting CLOSED_TWICE withdrawn 2015-01-10",
                        "waiting CLOSED_TWICE examined 2015-01-11");
        assertThat(timeline.excluded()).isEmpty();
    }

    @Test
    void itemThatLeavesBeforeItIsReceivedIsExcludedAndWouldWaitFromThen() {
        ItemTimeline timeline = timeline("""
                2015-01-05 examined
                2015-01-09 received
                2015-01-12 received
                2015-02-02 withdrawn""");
        assertThat(timeline.spells()).isEmpty();
        // reported once: what follows is not judged
        assertThat(timeline.irregularities()).containsExactly("waiting CLOSED_BEFORE_RECEIVED examined 2015-01-05");
        assertThat(timeline.excluded()).containsExactly("waiting in 2015-01-09", "waiting out 2015-02-02");
        assertThat(timeline.result().events()).hasSize(4);
    }

    @Test
    void itemThatOnlyLeavesWouldWaitOnNoDay() {
        ItemTimeline timeline = timeline("""
                2015-01-05 examined
                2015-01-09 withdrawn
                2015-04-01 received    # not known yet""");
        assertThat(timeline.spells()).isEmpty();
        assertThat(timeline.irregularities())
                .containsExactlyInAnyOrder(
                        "waiting CLOSED_NEVER_RECEIVED examined 2015-01-05",
                        "waiting AFTER_BUSINESS_DATE received 2015-04-01");
        assertThat(timeline.excluded()).isEmpty();
    }

    @Test
    void itemThatComesBackWithoutHavingBeenThereIsExcluded() {
        ItemTimeline timeline = timeline("""
                2015-01-05 returned    # first, although it is received later
                2015-01-09 examined
                2015-02-02 received""");
        assertThat(timeline.spells()).isEmpty();
        assertThat(timeline.irregularities()).containsExactly("waiting REOPENED_NEVER_RECEIVED returned 2015-01-05");
        assertThat(timeline.excluded())
                .containsExactly("waiting in 2015-01-05", "waiting out 2015-01-09", "waiting in 2015-02-02");
    }

    @Test
    void itemThatIsExcludedAfterAReturnAloneHasNoOtherReason() {
        assertThat(timeline("2015-01-05 returned").irregularities())
                .containsExactly("waiting REOPENED_NEVER_RECEIVED returned 2015-01-05");
        assertThat(timeline("""
                2015-01-05 withdrawn
                2015-01-06 returned    # does not count as having been received\
                """).irregularities())
                .containsExactly("waiting CLOSED_NEVER_RECEIVED withdrawn 2015-01-05");
    }

    @Test
    void eventsAfterTheLastKnownDayWaitForTheirs() {
        ItemTimeline timeline = timeline("""
                2015-03-31 received    # the business date itself
                2015-04-01 examined
                2015-04-02 examined    # would be the second""");
        assertThat(timeline.spells()).containsExactly("waiting 2015-03-31 waits");
        assertThat(timeline.irregularities())
                .containsExactly(
                        "waiting AFTER_BUSINESS_DATE examined 2015-04-01",
                        "waiting AFTER_BUSINESS_DATE examined 2015-04-02");
        ItemTimeline allAhead = timeline("2015-04-01 examined");
        assertThat(allAhead.spells()).isEmpty();
        assertThat(allAhead.irregularities()).containsExactly("waiting AFTER_BUSINESS_DATE examined 2015-04-01");
        assertThat(allAhead.excluded()).isEmpty();
    }

    @Test
    void atOneInstantEntriesComeBeforeExitsAndExitsBeforeReturns() {
        ItemTimeline timeline = timeline("""
                2015-01-05 09:00 returned
                2015-01-05 09:00 examined
                2015-01-05 09:00 received""");
        assertThat(timeline.spells())
                .containsExactly(
                        "waiting 2015-01-05 2015-01-05 examined, served",
                        "waiting 2015-01-05 waits; further work, first 2015-01-05");
        assertThat(timeline.irregularities()).isEmpty();
    }

    @Test
    void twoWaysOfLeavingAtOneInstantAreTakenInTheOrderOfTheirNames() {
        ItemTimeline timeline = timeline("""
                2015-01-05 received
                2015-01-09 withdrawn
                2015-01-09 examined""");
        assertThat(timeline.spells()).containsExactly("waiting 2015-01-05 2015-01-09 examined, served");
        assertThat(timeline.irregularities()).containsExactly("waiting CLOSED_TWICE withdrawn 2015-01-09");
    }

    @Test
    void timesDecideWhereEveryEventOfTheDayHasOneOtherwiseTheOrderOfTheSourceDoes() {
        assertThat(timeline("""
                2015-01-05 09:00 received order=2
                2015-01-05 10:00 examined order=1\
                """).spells()).containsExactly("waiting 2015-01-05 2015-01-05 examined, served");
        assertThat(timeline("""
                2015-01-05 09:00 received order=2
                2015-01-05       examined order=1   # one without a time: the order counts\
                """).irregularities())
                .containsExactly("waiting CLOSED_BEFORE_RECEIVED examined 2015-01-05");
        assertThat(timeline("""
                2015-01-05 09:00 received order=2
                2015-01-05 10:00 examined order=1
                2015-01-05       assessed           # no event of the queue
                2015-01-06       returned           # another day""").spells())
                .containsExactly(
                        "waiting 2015-01-05 2015-01-05 examined, served",
                        "waiting 2015-01-06 waits; further work, first 2015-01-05");
    }

    @Test
    void anOrderBelowZeroComesFirst() {
        assertThat(timeline("""
                2015-01-05 received order=0
                2015-01-05 examined order=-1\
                """).irregularities())
                .containsExactly("waiting CLOSED_BEFORE_RECEIVED examined 2015-01-05");
    }

    @Test
    void ofOneEventWithItsTimeAndWithoutTheOneWithoutComesFirst() {
        ItemTimeline timeline = timeline("""
                2015-01-05 09:00 received
                2015-01-05       received
                2015-01-05 11:00 examined""");
        assertThat(timeline.spells()).containsExactly("waiting 2015-01-05 2015-01-05 examined, served");
        assertThat(timeline.result().spells().get(0).opening().occurredAt()).isNull();
        assertThat(timeline.result().irregularities()).singleElement().satisfies(one -> {
            assertThat(one.code()).isEqualTo(Code.RECEIVED_TWICE);
            assertThat(one.event().occurredAt()).isEqualTo(1_420_448_400_000_000L);
        });
    }

    @Test
    void rowsThatStateOneEventAreOneEventAndTheFirstQueryStandsForAll() {
        ItemTimeline timeline = timeline("""
                2015-01-05 received in=phones   kind=phone     by=a
                2015-01-05 received in=devices  kind=computer  by=b
                2015-01-05 received in=devices  kind=tablet    by=c
                2015-01-09 examined""");
        assertThat(timeline.spells()).containsExactly("waiting 2015-01-05 2015-01-09 examined, served");
        // stated three times, reported once
        assertThat(timeline.irregularities()).containsExactly("waiting EVENT_REPEATED received 2015-01-05");
        assertThat(timeline.result().events())
                .extracting(ItemEvent::event, ItemEvent::staging, ItemEvent::contributorKey)
                .containsExactlyInAnyOrder(tuple("received", "devices", "b"), tuple("examined", "devices", "owner"));
        assertThat(timeline.result().spells().get(0).opening().attributes()).containsEntry("kind", "computer");
    }

    @Test
    void ofRowsOfOneQueryAndContributorTheFirstAttributesStand() {
        ItemTimeline timeline = timeline("""
                2015-01-05 received kind=tablet
                2015-01-05 received kind=computer
                2015-01-05 received kind=phone""");
        assertThat(timeline.result().spells().get(0).opening().attributes()).containsEntry("kind", "computer");
        assertThat(timeline.irregularities()).containsExactly("waiting EVENT_REPEATED received 2015-01-05");
    }

    @Test
    void aRepeatedEventIsNotedBesideWhatElseIsSaidOfIt() {
        ItemTimeline timeline = timeline("""
                2015-01-05 received
                2015-04-01 examined
                2015-04-01 examined
                2015-01-06 assessed
                2015-01-06 assessed    # no queue hears it
                2015-01-07 received
                2015-01-07 received""");
        assertThat(timeline.irregularities())
                .containsExactlyInAnyOrder(
                        "waiting AFTER_BUSINESS_DATE examined 2015-04-01",
                        "waiting EVENT_REPEATED examined 2015-04-01",
                        "waiting RECEIVED_TWICE received 2015-01-07",
                        "waiting EVENT_REPEATED received 2015-01-07");
        assertThat(timeline.result().events()).hasSize(4);
    }

    @Test
    void eventsThatDifferInTheirOrderAreTwo() {
        assertThat(timeline("""
                2015-01-05 received order=1
                2015-01-05 received order=2\
                """).irregularities()).containsExactly("waiting RECEIVED_TWICE received 2015-01-05");
    }

    @Test
    void aQueueHearsItsOwnKindOfItemOnly() {
        ItemTimeline timeline = timeline("""
                2015-01-02 received of=case    # another item that has the same key
                2015-01-05 received
                2015-01-06 examined of=case""");
        assertThat(timeline.spells()).containsExactly("waiting 2015-01-05 waits");
        assertThat(timeline.irregularities()).isEmpty();
        assertThat(timeline.result().events()).hasSize(3);
    }

    @Test
    void itemsOfAncientDaysAreFollowedLikeOthers() {
        assertThat(timeline("""
                1969-12-31 examined
                1900-01-01 received
                0001-01-01 received""").spells()).containsExactly("waiting 0001-01-01 1969-12-31 examined, served");
    }

    /** SHA-256 of {@code ["waiting","unit:1","received","2015-01-05","","0"]} and the like, by sha256sum. */
    @Test
    void theNameOfASpellFollowsFromQueueItemAndOpeningEvent() {
        assertThat(timeline("2015-01-05 received").result().spells().get(0).id("unit:1", "waiting", KeyFormat.HEX))
                .isEqualTo("565840e3e64c8e21acb15074125fb1899e4493860d12eb3f4d8c7045d2ef1b59");
        assertThat(timeline("2015-01-05 received").result().spells().get(0).id("unit:1", "waiting", KeyFormat.BASE32))
                .isEqualTo("kzmeby7gjshcdlfrkb2bex5rre");
        assertThat(timeline("2015-01-05 09:00 received order=-3")
                        .result()
                        .spells()
                        .get(0)
                        .id("unit:\"é/1", "waiting", KeyFormat.HEX))
                .isEqualTo("d6bc410324b3ec0eba6af967cd6c49a6d2e4edeab1e2e01ab941639d188662cc");
        assertThat(timeline("0001-01-01 received").result().spells().get(0).id("unit:1", "waiting", KeyFormat.HEX))
                .isEqualTo("c86c8a952e47b0682c39331be272ae27aef24c045405dd7c44205a8ab4d66676");
    }
}
