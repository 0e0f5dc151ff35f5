package uk.fpw.metrics.entry;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Function;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import uk.fpw.metrics.entry.EntryRules.Rule;
import uk.fpw.metrics.entry.EntryRules.VersionedColumn;
import uk.fpw.metrics.entry.EntryValues.Version;
import uk.fpw.metrics.lifecycle.ItemEvent;
import uk.fpw.metrics.lifecycle.Spell;
import uk.fpw.statistics.wait.ComparedGroup;
import uk.fpw.statistics.wait.LifeTable;

/**
 * How often the waits of two priorities are called different if a source raises the priority of what has waited long:
 * by today's row, by the value at entry, and by the truth. The register is read from half-way on, one night in five
 * is missed, and one device in ten is recorded up to 20 days late. Prints its results.
 */
@Tag("thorough")
class RaisedPrioritySimulationTest {

    private static final int FORCES = Integer.getInteger("fpw.simulated.forces", 2000);
    private static final int DEVICES = 400;
    private static final int DAYS = 730;
    private static final int FIRST_NIGHT = DAYS / 2;
    private static final double MEAN_WAIT = 60;
    private static final int RAISED_AFTER = 40;
    private static final double ALPHA = Math.log10(0.05);
    private static final EntryRules RULES = new EntryRules(
            List.of(new VersionedColumn("exhibits", "priority", null)),
            Map.of("devices", List.of(new Rule("priority", 0, 3, "exhibits.priority by load within 3 days", DAYS))));

    /**
     * A device.
     *
     * @param left day on which it left, perhaps after the last day
     * @param raised day from which it has a high priority, whatever it had; after {@code left} if never
     */
    private record Device(boolean isHigh, int entered, int left, int raised, int recorded) {

        String priority(int day) {
            return isHigh || raised <= Math.min(day, left) ? "high" : "normal";
        }

        /** The versions of it that the nights have seen. */
        List<Version> versions(boolean[] isMissed) {
            List<Version> versions = new ArrayList<>();
            String last = "";
            for (int night = Math.max(FIRST_NIGHT, recorded); night <= DAYS; night++) {
                if (!isMissed[night] && !priority(night).equals(last)) {
                    last = priority(night);
                    versions.add(new Version(0, night, night, last, "load"));
                }
            }
            return versions;
        }

        String atEntry(boolean[] isMissed) {
            ItemEvent received = new ItemEvent(
                    "dfu",
                    "device",
                    "case",
                    "received",
                    entered,
                    null,
                    1,
                    Map.of("priority", priority(DAYS)),
                    "devices");
            Spell spell = new Spell(0, received, null, null, entered, null, false, Map.of(), Map.of());
            return new EntryValues(RULES, versions(isMissed), List.of())
                    .of(List.of(spell), queue -> DAYS)
                    .get(0)
                    .sliceValue("priority");
        }
    }

    private static Device device(SplittableRandom random, double faster) {
        boolean isHigh = random.nextInt(5) == 0;
        int entered = random.nextInt(DAYS);
        double mean = isHigh ? MEAN_WAIT / faster : MEAN_WAIT;
        int left = entered + (int) Math.round(-Math.log(1 - random.nextDouble()) * mean);
        boolean isRaised = random.nextBoolean();
        int late = random.nextInt(10) == 0 ? 1 + random.nextInt(20) : 0;
        return new Device(
                isHigh,
                entered,
                left,
                isRaised && left > entered + RAISED_AFTER ? entered + RAISED_AFTER : Integer.MAX_VALUE,
                entered + late);
    }

    private static boolean isCalledDifferent(List<Device> devices, Function<Device, String> priority) {
        Map<String, LifeTable.Builder> groups =
                Map.of("high", new LifeTable.Builder(), "normal", new LifeTable.Builder());
        for (Device device : devices) {
            LifeTable.Builder group = groups.get(priority.apply(device));
            if (group != null) {
                group.enter(-1.0, 1);
                if (device.left() > DAYS) {
                    group.censor(DAYS - device.entered(), 1);
                } else {
                    group.leave(device.left() - device.entered(), "examined", 1);
                }
            }
        }
        ComparedGroup.Test test = group("high", groups).compareWith(group("normal", groups));
        return test.log10P() != null && test.log10P() < ALPHA;
    }

    private static ComparedGroup group(String name, Map<String, LifeTable.Builder> groups) {
        LifeTable table = requireNonNull(groups.get(name)).build();
        return new ComparedGroup(name, table, Map.of("", table));
    }

    /** Shares of forces in which the priorities are called different. */
    private record Found(double today, double atEntry, double truth) {}

    private static Found simulate(long seed, double faster) {
        int today = 0;
        int atEntry = 0;
        int truth = 0;
        for (int force = 0; force < FORCES; force++) {
            SplittableRandom random = new SplittableRandom(seed + force);
            boolean[] isMissed = new boolean[DAYS + 1];
            for (int night = 0; night <= DAYS; night++) {
                isMissed[night] = random.nextInt(5) == 0;
            }
            List<Device> devices = new ArrayList<>();
            for (int i = 0; i < DEVICES; i++) {
                devices.add(device(random, faster));
            }
            today += isCalledDifferent(devices, device -> device.priority(DAYS)) ? 1 : 0;
            atEntry += isCalledDifferent(devices, device -> device.atEntry(isMissed)) ? 1 : 0;
            truth += isCalledDifferent(devices, device -> device.isHigh() ? "high" : "normal") ? 1 : 0;
        }
        Found found = new Found((double) today / FORCES, (double) atEntry / FORCES, (double) truth / FORCES);
        System.out.printf(
                Locale.ROOT,
                "priorities that differ by a factor of %.1f are called different in: today's row %.3f, value at entry "
                        + "%.3f, the truth %.3f of %d forces%n",
                faster,
                found.today(),
                found.atEntry(),
                found.truth(),
                FORCES);
        return found;
    }

    @Test
    void equalWaitsAreCalledDifferentAsOftenAsChanceDoes() {
        Found found = simulate(1, 1);

        assertThat(found.today()).isGreaterThan(0.9);
        assertThat(found.atEntry()).isBetween(0.03, 0.07);
    }

    @Test
    void aRealDifferenceIsFoundAlmostAsOftenAsByAReaderOfTheTruth() {
        Found found = simulate(100_000, 2);

        assertThat(found.atEntry()).isGreaterThan(found.truth() - 0.1);
    }
}
