package uk.fpw.generator;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import uk.fpw.generator.SourceTable.Stamps;
import uk.fpw.generator.record.DayPlan.FeedChanges;
import uk.fpw.generator.record.RecordVersion;
import uk.fpw.generator.record.SeededRandom;
import uk.fpw.generator.record.SourceRecord;

/**
 * Audits of how cases were handled: the force's own, 20 a month drawn at random, with four grades until March 2015 and
 * three from April; an inspection in autumn 2014 of 70 child-protection cases that the force had graded itself before;
 * and one of seven exploitation cases in August 2015.
 */
final class Audits {

    /** Grades of version 1 and of version 2 of the scheme, best first. */
    static final List<String> FOUR = List.of("good", "adequate", "requires_improvement", "inadequate");

    static final List<String> THREE = List.of("good", "requires_improvement", "inadequate");

    /** First day of version 2. */
    static final LocalDate THREE_FROM = LocalDate.of(2015, 4, 1);

    private static final List<String> THEMES = List.of("initial_response", "investigation", "safeguarding");
    private static final int INSPECTED = 70;
    private static final int INADEQUATE = 34;

    final SourceTable table = new SourceTable(
            "case_audits",
            "case_audits",
            Stamps.NONE,
            "audit_id varchar(40)",
            "case_ref varchar(40)",
            "scheme_version varchar(2)",
            "grade varchar(40)",
            "theme varchar(40)",
            "assessor varchar(40)",
            "population varchar(40)",
            "selection varchar(20)",
            "judged_on varchar(10)");

    private final SeededRandom random;
    private final String prefix;
    private final List<CaseLife> cases;
    private int number;

    Audits(long seed, int replica, List<CaseLife> cases) {
        this.random = new SeededRandom(seed, replica, "audits");
        this.prefix = replica == 0 ? "" : replica + "-";
        this.cases = cases;
        for (LocalDate month = SyntheticForce.FIRST_DAY;
                month.isBefore(LocalDate.of(2016, 2, 1));
                month = month.plusMonths(1)) {
            ownAudits(month);
        }
        inspectionOf2014();
        reviewOf2015();
        dirt();
        lastNight();
    }

    private void ownAudits(LocalDate month) {
        for (int i = 0; i < 20; i++) {
            LocalDate day = ForceCalendar.workingFrom(month.plusDays(random.between(7, 24)));
            boolean isFour = day.isBefore(THREE_FROM);
            int roll = random.between(1, 100);
            String four =
                    roll <= 18 ? "good" : roll <= 45 ? "adequate" : roll <= 75 ? "requires_improvement" : "inadequate";
            String three = roll <= 38 ? "good" : roll <= 76 ? "requires_improvement" : "inadequate";
            add(
                    new Judgement(
                            caseBefore(day),
                            isFour ? "1" : "2",
                            isFour ? four : three,
                            random.pick(THEMES),
                            "force",
                            "child_protection",
                            "random"),
                    day);
        }
    }

    /** The inspectors found 34 of 70 inadequate, nearly half. The force's own grades of the same cases were better. */
    private void inspectionOf2014() {
        for (int i = 0; i < INSPECTED; i++) {
            String inspected =
                    i < INADEQUATE ? "inadequate" : i < 52 ? "requires_improvement" : i < 64 ? "adequate" : "good";
            int own = Math.max(0, FOUR.indexOf(inspected) - random.pick(List.of(0, 0, 1, 1, 2)));
            String ref = "I14-" + (i + 1);
            LocalDate day = ForceCalendar.workingFrom(LocalDate.of(2014, 10, 20).plusDays(i / 3));
            add(
                    new Judgement(
                            ref,
                            "1",
                            FOUR.get(own),
                            "case_handling",
                            "force",
                            "child_protection_inspected",
                            "purposive"),
                    day.minusDays(28));
            add(
                    new Judgement(
                            ref,
                            "1",
                            inspected,
                            "case_handling",
                            "inspectorate",
                            "child_protection_inspected",
                            "purposive"),
                    day);
        }
    }

    private void reviewOf2015() {
        List<String> grades = List.of(
                "good", "good", "good", "requires_improvement", "requires_improvement", "inadequate", "inadequate");
        for (int i = 0; i < grades.size(); i++) {
            LocalDate day = LocalDate.of(2015, 8, 17).plusDays(i / 2);
            add(
                    new Judgement(
                            "E15-" + (i + 1),
                            "2",
                            grades.get(i),
                            "case_handling",
                            "inspectorate",
                            "exploitation_high_risk",
                            "purposive"),
                    day);
        }
    }

    /**
     * Two on 30 February, three with a grade outside the scheme, two that share a number, and one whose grade is
     * corrected on the last day.
     */
    private void dirt() {
        for (int i = 0; i < 2; i++) {
            LocalDate day = LocalDate.of(2015, 3, 2 + i);
            SourceRecord row = row(
                    new Judgement("B15-" + i, "1", "good", "investigation", "force", "child_protection", "random"),
                    "30/02/2015",
                    day);
            table.rows.add(row);
        }
        for (int i = 0; i < 3; i++) {
            add(
                    new Judgement(
                            "B15-" + (i + 2),
                            "1",
                            "outstanding",
                            "investigation",
                            "force",
                            "child_protection",
                            "random"),
                    LocalDate.of(2014, 5, 12 + i));
        }
        SourceRecord first = row(
                new Judgement("B15-6", "1", "good", "safeguarding", "force", "child_protection", "random"),
                "09/06/2014",
                LocalDate.of(2014, 6, 9));
        table.rows.add(first);
        SourceRecord second = new SourceRecord(first.key);
        RecordVersion version = first.last();
        List<@Nullable Object> values = Arrays.asList(version.values().toArray());
        values.set(3, "inadequate");
        table.rows.add(second.add(
                new RecordVersion(version.recordedAt().plusSeconds(60), version.reportedOn(), false, values)));
        SourceRecord corrected = row(
                new Judgement("B15-7", "2", "good", "safeguarding", "force", "child_protection", "random"),
                "10/11/2015",
                LocalDate.of(2015, 11, 10));
        RecordVersion wrong = corrected.last();
        List<@Nullable Object> right = Arrays.asList(wrong.values().toArray());
        right.set(3, "inadequate");
        table.rows.add(corrected.add(new RecordVersion(
                ForceCalendar.instant(PlannedDays.SECOND.atTime(12, 0)), wrong.reportedOn(), false, right)));
    }

    /** The last day: three valid rows and another one of 30 February. */
    private void lastNight() {
        for (int i = 0; i < 3; i++) {
            add(
                    new Judgement(
                            "B15-" + (i + 8),
                            "2",
                            THREE.get(i),
                            "investigation",
                            "force",
                            "child_protection",
                            "random"),
                    PlannedDays.SECOND);
        }
        table.rows.add(row(
                new Judgement("B15-11", "2", "good", "investigation", "force", "child_protection", "random"),
                "30/02/2015",
                PlannedDays.SECOND));
    }

    /** Whether a feed must refuse the row, because its day does not exist or its number occurs twice. */
    boolean isRefused(SourceRecord row) {
        return String.valueOf(row.last().values().get(8)).startsWith("30/02/")
                || table.rows.stream()
                                .filter(other -> other.key.equals(row.key))
                                .count()
                        > 1;
    }

    /** The changes between the ends of two days, without refused rows. */
    FeedChanges changes(LocalDate day) {
        FeedChanges all = table.changes(day);
        int refused = (int) table.rows.stream()
                .filter(row -> row.knownBefore(ForceCalendar.endOf(day))
                        > row.knownBefore(ForceCalendar.endOf(day.minusDays(1))))
                .filter(this::isRefused)
                .count();
        return new FeedChanges(all.feed(), all.inserted() - refused, all.updated(), 0, 0, refused, 0);
    }

    /** A case that the force had known for at least two weeks. */
    private String caseBefore(LocalDate day) {
        List<CaseLife> known = cases.stream()
                .filter(life ->
                        life.awareAt.toLocalDate().isBefore(day.minusDays(14)) && life.type.equals("child_protection"))
                .toList();
        return known.isEmpty() ? prefix + "N12-00000" : random.pick(known).ref;
    }

    private void add(Judgement judgement, LocalDate judgedOn) {
        table.rows.add(row(judgement, text(judgedOn), judgedOn));
    }

    private SourceRecord row(Judgement judgement, String judgedOn, LocalDate recordedOn) {
        String id = String.format("%sQ%06d", prefix, ++number);
        String ref = judgement.caseRef.startsWith(prefix) ? judgement.caseRef : prefix + judgement.caseRef;
        Instant recordedAt = ForceCalendar.instant(recordedOn.atTime(17, 0)).plusSeconds(number % 3000);
        return new SourceRecord(id)
                .add(new RecordVersion(
                        recordedAt,
                        recordedOn,
                        false,
                        Arrays.asList(
                                id,
                                ref,
                                judgement.version,
                                judgement.grade,
                                judgement.theme,
                                judgement.assessor,
                                judgement.population,
                                judgement.selection,
                                judgedOn)));
    }

    /** The columns of a row besides its number and day. */
    private record Judgement(
            String caseRef,
            String version,
            String grade,
            String theme,
            String assessor,
            String population,
            String selection) {}

    static String text(LocalDate day) {
        return String.format("%02d/%02d/%04d", day.getDayOfMonth(), day.getMonthValue(), day.getYear());
    }
}
