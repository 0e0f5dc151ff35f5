package uk.fpw.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import uk.fpw.nightly.acceptance.Installation;

/** The demo's output, compared with the generator's true figures, which are independent of the warehouse. */
@Tag("thorough")
class DemoIT {

    private static final LocalDate BEFORE = LocalDate.of(2015, 12, 30);
    private static final LocalDate LAST = LocalDate.of(2015, 12, 31);

    private static String out;
    private static List<String> lines;
    private static List<TrueSpell> spells;

    /** Nested here, because a test class of its own might run in another JVM with a demo of its own. */
    @Nested
    class Figures extends FenmarchFigures {}

    @Nested
    class Examples extends DocumentedExamples {}

    @Nested
    class Pages extends PagesInBrowser {}

    @BeforeAll
    static void runTheDemo() throws IOException {
        out = DemoRun.run().outcome().out();
        lines = out.lines().map(String::strip).toList();
        spells = TrueSpell.read(DemoRun.run().truth(LAST));
    }

    @Test
    void everythingIsSaidToBeInvented() {
        assertThat(lines)
                .startsWith("Fenmarch Police (synthetic). Everything you will see is invented; some of "
                        + "it was constructed to match published figures of a force.")
                .contains("What an analyst finds (Fenmarch Police (synthetic): every figure is of invented data)");
        assertThat(DemoRun.run().outcome().err()).isEmpty();
        assertThat(out).doesNotContain("\tat ").doesNotContain("fenmarch-demo-key");
    }

    @Test
    void publishedFiguresStandBesideAllThatOursTookInTheirWindow() {
        LongStream.Builder november = LongStream.builder();
        for (LocalDate day = LocalDate.of(2014, 11, 1); day.getMonthValue() == 11; day = day.plusDays(1)) {
            november.add(computers("awaiting_examination", day));
        }
        var inNovember = november.build().summaryStatistics();
        var inHouse = LongStream.rangeClosed(1, 31)
                .map(day -> computers("awaiting_examination_in_house", LocalDate.of(2015, 8, (int) day)))
                .summaryStatistics();
        assertThat(lines)
                .anyMatch(line -> line.matches(
                        ("\"compared to 142 computers in November 2014\" +142 computers +142 +%d to %d, 30 values "
                                        + "+by construction")
                                .formatted(inNovember.getMin(), inNovember.getMax())))
                .anyMatch(line ->
                        line.matches("\"150 computers awaiting analysis\" +150 computers +150 +\\d+ to 150, 31 values "
                                + "+by construction"))
                .anyMatch(line -> line.matches(
                        "\"150 computers awaiting analysis\" +150 computers +%d +%d to %d, 31 values +differs by %d"
                                .formatted(
                                        inHouse.getMax(), inHouse.getMin(), inHouse.getMax(), 150 - inHouse.getMax())))
                .anyMatch(line -> line.matches("\"a five-month delay .* about 5 months +- +not comparable"));
        assertThat(text()).contains("The oldest wait on any day of November 2014 or of August 2015");
    }

    @Test
    void caseThatTheExaminationQueueNeverHeldIsTheOldestOfOthers() {
        List<TrueSpell> its = spells.stream()
                .filter(spell -> spell.contributor().equals("C15-S2"))
                .toList();
        Set<String> oldestOf = new TreeSet<>();
        for (TrueSpell spell : its) {
            LocalDate oldest = spells.stream()
                    .filter(other -> other.queue().equals(spell.queue()) && other.waitsAtTheEndOf(LAST))
                    .map(TrueSpell::firstEnteredOn)
                    .min(LocalDate::compareTo)
                    .orElseThrow();
            assertThat(spell.firstEnteredOn()).as(spell.queue()).isEqualTo(oldest);
            oldestOf.add(spell.queue() + " (" + ChronoUnit.DAYS.between(oldest, LAST) + " days)");
        }
        assertThat(oldestOf).hasSize(4);
        TrueSpell eightMonths = spells.stream()
                .filter(spell -> spell.queue().equals("cases_awaiting_interview")
                        && spell.waitsAtTheEndOf(
                                LocalDate.of(2015, 8, 8))) // the day on which the oldest was 243 days old
                .min((one, other) -> one.enteredOn().compareTo(other.enteredOn()))
                .orElseThrow();
        assertThat(eightMonths.enteredOn()).isEqualTo("2014-12-08");
        assertThat(lines)
                .contains(
                        "2. A case that was never in the examination queue",
                        "Open for eight months or more, devices seized, and no "
                                + "interview, analysis or safeguarding recorded: one case.")
                .anyMatch(line -> line.matches(
                        "Case cases:[a-z2-7]{8}\\.\\.\\., known to the force since 2015-04-21, 254 days ago:"));
        // its devices were seized on 23 April, and it awaits an interview from 21 April on
        assertThat(text())
                .contains("Nothing has been recorded in it for 252 days, since devices_seized on 2015-04-23; it or a "
                        + "device of it has waited on 254 days.");
        assertThat(text())
                .contains("is the oldest item of " + String.join(", ", oldestOf).replaceFirst(", (?=[^,]*$)", " and ")
                        + ".")
                .contains("Its devices have never been in awaiting_acceptance, awaiting_examination, awaiting_report "
                        + "and in_examination:")
                .contains("that one became known on 2014-12-08 and left the queue on " + eightMonths.leftOn()
                        + ", interviewed.");
    }

    @Test
    void turnoverBehindTwoCounts() {
        LocalDate from = LocalDate.of(2014, 11, 20);
        LocalDate to = LocalDate.of(2015, 8, 31);
        List<TrueSpell> queue = spells.stream()
                .filter(spell -> spell.queue().equals("awaiting_examination")
                        && spell.deviceType().equals("computer"))
                .toList();
        List<TrueSpell> cameIn = queue.stream()
                .filter(spell ->
                        spell.enteredOn().isAfter(from) && !spell.enteredOn().isAfter(to))
                .toList();
        List<TrueSpell> left = queue.stream()
                .filter(spell -> spell.leftOn() != null
                        && spell.leftOn().isAfter(from)
                        && !spell.leftOn().isAfter(to))
                .toList();
        assertThat(computers("awaiting_examination", from)).isEqualTo(142);
        assertThat(computers("awaiting_examination", to)).isEqualTo(150);
        assertThat(lines)
                .contains(
                        "Computers awaiting examination (awaiting_examination, those with a provider included): "
                                + "142 on 2014-11-20, 150 on 2015-08-31.",
                        "In those 284 days " + cameIn.size() + " came in, "
                                + cameIn.stream().filter(TrueSpell::isReentry).count() + " of them again, and "
                                + left.size() + " left: " + reasons(left) + ".");
    }

    @Test
    void whereTheComputersAreThatWereSentToTheProvider() {
        for (LocalDate day : List.of(LocalDate.of(2015, 4, 30), LocalDate.of(2015, 8, 31), LAST)) {
            long with = computers("awaiting_examination", day);
            long without = computers("awaiting_examination_in_house", day);
            assertThat(computers("with_provider", day)).as(day.toString()).isEqualTo(with - without);
            assertThat(lines)
                    .contains(String.format(Locale.ROOT, "%-23s %,9d %,30d %,22d", day, with, with - without, without));
        }
        List<TrueSpell> sent = spells.stream()
                .filter(spell -> spell.queue().equals("with_provider")
                        && spell.deviceType().equals("computer"))
                .toList();
        assertThat(lines)
                .contains("Computers were sent " + sent.size() + " times to date: "
                        + reasons(sent.stream()
                                .filter(spell -> spell.leftOn() != null)
                                .toList())
                        + "; " + computers("with_provider", LAST) + " are still there.");
    }

    @Test
    void whatTheLastNightChangedInPublishedDaysByCause() throws IOException {
        Map<String, Set<TrueSpell>> before =
                published(TrueSpell.read(DemoRun.run().truth(BEFORE)));
        Map<String, Set<TrueSpell>> after = published(spells);
        Set<String> excludedBefore = TrueSpell.excluded(DemoRun.run().truth(BEFORE));
        Set<String> excludedAfter = TrueSpell.excluded(DemoRun.run().truth(LAST));
        Set<String> items = new HashSet<>(before.keySet());
        items.addAll(after.keySet());
        Map<String, Integer> causes = new TreeMap<>();
        for (String item : items) {
            if (!after.containsKey(item)) {
                assertThat(excludedAfter).doesNotContain(item);
                causes.merge("deleted", 1, Integer::sum);
            } else if (!before.containsKey(item)) {
                causes.merge(excludedBefore.contains(item) ? "taken in" : "late", 1, Integer::sum);
            } else {
                assertThat(after.get(item)).isEqualTo(before.get(item));
            }
        }
        // 20 duplicates, a mistaken case, an old number; 4 devices recorded late, one back, one under its new number; 3
        // impossible dates corrected
        assertThat(causes).isEqualTo(Map.of("deleted", 22, "late", 6, "taken in", 3));
        assertThat(lines)
                .contains(
                        "22 no longer in their source: deleted, or now under a new number",
                        "6 new in the queues, with dates before that date: recorded late, "
                                + "restored after a deletion, or under a new number",
                        "3 excluded before, and included now that their errors are corrected")
                .noneMatch(line -> line.contains("now excluded by a rule") || line.contains("with other dates than"))
                .anyMatch(line -> line.matches("seized_no_result +.*; at the end of 2015-12-30: %d, was %d"
                        .formatted(
                                waiting(after, "seized_no_result", BEFORE),
                                waiting(before, "seized_no_result", BEFORE))));
        assertThat(Installation.rows(DemoRun.run()
                        .fpw()
                        .succeed(
                                "query",
                                "--force",
                                DemoRun.run().force().toString(),
                                "--release",
                                "2015-12-30.1",
                                "--format",
                                "json",
                                "select waiting_count from mart.queue_daily where is_total and day "
                                        + "= '2015-12-30' and queue = 'seized_no_result'")))
                .singleElement()
                .satisfies(row -> assertThat(row.get("waiting_count").asLong())
                        .isEqualTo(waiting(before, "seized_no_result", BEFORE)));
    }

    @Test
    void brokenFileLeavesTheReleaseStandingAndHidesNothingThatWasRefused() {
        assertThat(lines)
                .contains(
                        "failed, as expected",
                        "fpw: no release was created, the previous release stays current",
                        "Readers see release 2015-12-31.1, whole: " + computers("awaiting_examination", LAST)
                                + " computers await examination (those with the provider included) at the end of "
                                + "2015-12-31.")
                .anyMatch(line -> line.startsWith("fpw: the nightly run failed (exit code 3):"));
        assertThat(DemoRun.run()
                        .fpw()
                        .query(DemoRun.run().force(), "select distinct release_id from mart.queue_daily")
                        .toString())
                .isEqualTo("[{\"release_id\":\"2015-12-31.1\"}]");
        List<String> rejections = DemoRun.run()
                .fpw()
                .succeed("rejections", "--force", DemoRun.run().force().toString())
                .out()
                .lines()
                .toList();
        assertThat(rejections)
                .contains("Of release 2015-12-31.1, data as at 2015-12-31")
                .anyMatch(line -> line.startsWith("  2016-01-01: case_audits could not be loaded: "))
                .anyMatch(line -> line.startsWith("  case_audits 2015-12-29  "))
                .contains("  case_audits 2015-12-31  UNPARSABLE judged_on: 1 row");
    }

    /** The output without line breaks. */
    private static String text() {
        return String.join(" ", lines);
    }

    private static long computers(String queue, LocalDate day) {
        return spells.stream()
                .filter(spell -> spell.queue().equals(queue)
                        && spell.deviceType().equals("computer")
                        && spell.waitsAtTheEndOf(day))
                .count();
    }

    private static long waiting(Map<String, Set<TrueSpell>> items, String queue, LocalDate day) {
        return items.values().stream()
                .flatMap(Set::stream)
                .filter(spell -> spell.queue().equals(queue) && spell.waitsAtTheEndOf(day))
                .count();
    }

    /** The spells of each item as they were at the end of the last day that the previous night had published. */
    private static Map<String, Set<TrueSpell>> published(List<TrueSpell> known) {
        return known.stream()
                .filter(spell -> !spell.enteredOn().isAfter(BEFORE))
                .map(spell -> spell.upTo(BEFORE))
                .collect(Collectors.groupingBy(TrueSpell::item, Collectors.toSet()));
    }

    private static String reasons(List<TrueSpell> left) {
        return left.stream()
                .collect(Collectors.groupingBy(TrueSpell::leftAs, TreeMap::new, Collectors.counting()))
                .entrySet()
                .stream()
                .map(reason -> reason.getKey() + " " + reason.getValue())
                .collect(Collectors.joining(", "));
    }
}
