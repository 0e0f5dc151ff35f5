package uk.fpw.metrics.figures;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import uk.fpw.metrics.cube.ContributorHash;
import uk.fpw.metrics.cube.SpellBlock;
import uk.fpw.metrics.series.ComparisonSpec;
import uk.fpw.metrics.series.ObservedSpell;
import uk.fpw.metrics.series.ObservedSpell.Outcome;
import uk.fpw.metrics.series.QueueSpec;
import uk.fpw.warehouse.force.queue.PeriodKind;
import uk.fpw.warehouse.force.queue.WaitComparison;

/** Random spells of a queue, and the rows of figures computed from them. */
abstract class SeriesFiguresTesting {

    static final int AS_OF = day(2015, 11, 18);
    static final int EARLIEST_ENTRY = day(2014, 1, 1);

    static int day(int year, int month, int dayOfMonth) {
        return (int) LocalDate.of(year, month, dayOfMonth).toEpochDay();
    }

    record Counted(String contributor, String value, ObservedSpell spell) {

        /** May differ from the value at entry. */
        String valueNow() {
            return spell.enteredOn() % 3 == 0 ? "phone" : value;
        }
    }

    static QueueSpec queue(int observedFrom) {
        return new QueueSpec(
                "waiting",
                3,
                "device",
                "devices",
                new QueueSpec.Stages(-1, true, false, Integer.MAX_VALUE),
                observedFrom,
                QueueSpec.NONE,
                EARLIEST_ENTRY,
                AS_OF - 20,
                "feed devices last loaded completely for 2015-10-29",
                30,
                List.of("kind"),
                List.of("kind"),
                List.of("examined", "withdrawn"),
                List.of(true, false),
                List.of("further work", "received again"),
                List.of(0, 31, 91),
                List.of(new QueueSpec.Standard("within 28 days", QueueSpec.NONE, 28, Map.of(0, Set.of("phone")))),
                uk.fpw.warehouse.force.queue.Service.WORKING_DAYS,
                new QueueSpec.Analysis(
                                List.of(new ComparisonSpec(
                                        "years",
                                        "Slower?",
                                        WaitComparison.By.WINDOW,
                                        ComparisonSpec.NO_SLICE,
                                        PeriodKind.FINANCIAL_YEAR,
                                        true,
                                        List.of(),
                                        0,
                                        null,
                                        null)),
                                List.of(),
                                Map.of())
                        .with(PeriodComparisonsTest.periods(LocalDate.of(2015, 8, 31))));
    }

    /** Items may come back, several items may have one contributor, and one in ten entries has an implausible date. */
    static List<Counted> spells(Random random, QueueSpec queue) {
        List<Counted> spells = new ArrayList<>();
        for (int item = 0; item < 60; item++) {
            int first = EARLIEST_ENTRY + (random.nextInt(10) == 0 ? -1 - random.nextInt(400) : random.nextInt(680));
            int entered = first;
            int seen = 0;
            int before = -1;
            for (int one = 0; one < 1 + random.nextInt(3) && entered <= AS_OF; one++) {
                String value = random.nextBoolean() ? "phone" : "computer";
                int left = entered + random.nextInt(200);
                boolean isOpen = left > AS_OF - random.nextInt(40);
                int observedFrom = Math.max(entered, queue.observedFrom());
                int observedTo = isOpen ? AS_OF : left;
                if (observedFrom <= observedTo) {
                    boolean isWaitKnown = entered >= EARLIEST_ENTRY;
                    int reason = random.nextInt(2);
                    int bit = value.equals("phone") ? 2 : 4;
                    int firstBits = (seen == 0 ? 1 : 0) | ((seen & bit) == 0 ? 2 : 0);
                    seen |= 1 | bit;
                    List<ObservedSpell.Measured> standards = List.of();
                    if (isWaitKnown && value.equals("phone")) {
                        Outcome outcome = entered + 29 > queue.dataAsAt()
                                ? Outcome.NOT_YET_DUE
                                : isOpen || left - entered > 28
                                        ? Outcome.FAILED
                                        : reason == 0 ? Outcome.MET : Outcome.LEFT_UNSEEN;
                        standards = List.of(new ObservedSpell.Measured(0, entered + 29, outcome));
                    }
                    if (before >= 0) {
                        spells.set(before, reentered(spells.get(before), entered));
                    }
                    before = spells.size();
                    spells.add(new Counted(
                            "c" + random.nextInt(40),
                            value,
                            new ObservedSpell(
                                    0,
                                    one > 0 ? random.nextInt(2) : -1,
                                    first >= EARLIEST_ENTRY,
                                    isWaitKnown,
                                    first,
                                    entered,
                                    isOpen ? QueueSpec.NONE : left,
                                    isOpen ? -1 : reason,
                                    !isOpen && reason == 0,
                                    QueueSpec.NONE,
                                    observedFrom,
                                    observedTo,
                                    firstBits,
                                    false,
                                    isOpen && random.nextInt(8) == 0,
                                    standards)));
                }
                if (isOpen) {
                    break;
                }
                entered = left + random.nextInt(30);
            }
        }
        return spells;
    }

    /** A further spell of the same item. */
    static Counted reentered(Counted one, int day) {
        ObservedSpell spell = one.spell();
        return new Counted(
                one.contributor(),
                one.value(),
                new ObservedSpell(
                        spell.queue(),
                        spell.reentryReason(),
                        spell.isAgeKnown(),
                        spell.isWaitKnown(),
                        spell.firstEnteredOn(),
                        spell.enteredOn(),
                        spell.leftOn(),
                        spell.exitReason(),
                        spell.isServed(),
                        day,
                        spell.observedFromOn(),
                        spell.observedToOn(),
                        spell.firstWithValue(),
                        spell.isOutOfOrder(),
                        spell.isClosedAhead(),
                        spell.standards()));
    }

    /** Rows by mart, counted in this many parts, each column by its name. */
    static Map<String, List<Map<String, Object>>> rows(List<Counted> spells, QueueSpec queue, int parts) {
        List<SpellBlock> blocks = new ArrayList<>();
        for (int i = 0; i < parts; i++) {
            blocks.add(new SpellBlock(List.of(queue)));
        }
        for (Counted one : spells) {
            ContributorHash contributor = ContributorHash.of(one.contributor());
            blocks.get(contributor.partition(parts))
                    .add(contributor, one.spell(), new String[] {one.value(), one.valueNow()});
        }
        return TestMartRows.of(List.of(queue), AS_OF, blocks, Set.copyOf(SeriesFigures.MARTS));
    }
}
