package uk.fpw.generator;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import uk.fpw.generator.SourceTable.Stamps;
import uk.fpw.generator.record.RecordVersion;
import uk.fpw.generator.record.Referral;
import uk.fpw.generator.record.SeededRandom;
import uk.fpw.generator.record.SourceRecord;
import uk.fpw.generator.record.TargetPath;

/**
 * Domestic-abuse cases of one replica. Until {@link #CLEARED_ON} the wait for a first look is steered: it grows past
 * 200 cases and is then worked off; from then on each is looked at within hours, some at weekends a little later.
 */
final class Referrals {

    private static final LocalDate WARM_UP = LocalDate.of(2012, 11, 20);

    /** There is no backlog from this day on. */
    static final LocalDate CLEARED_ON = LocalDate.of(2015, 6, 15);

    private static final double A_DAY = 5;
    private static final long HOUR = 3600;

    private final SeededRandom random;
    private final String prefix;
    private final List<Referral> all = new ArrayList<>();
    private final List<Referral> waiting = new ArrayList<>();
    private final TargetPath target = new TargetPath()
            .at(WARM_UP, 10)
            .at(LocalDate.of(2013, 1, 1), 40)
            .at(LocalDate.of(2014, 6, 30), 190)
            .at(LocalDate.of(2014, 11, 20), 252)
            .at(LocalDate.of(2015, 2, 1), 230)
            .at(CLEARED_ON, 2);

    private Referrals(long seed, int replica) {
        this.random = new SeededRandom(seed, replica, "domestic abuse");
        this.prefix = replica == 0 ? "" : replica + "-";
    }

    static List<Referral> of(long seed, int replica) {
        Referrals referrals = new Referrals(seed, replica);
        for (LocalDate day = WARM_UP; !day.isAfter(SyntheticForce.LAST_DAY); day = day.plusDays(1)) {
            referrals.receive(day);
            if (day.isBefore(CLEARED_ON)) {
                referrals.work(day);
            } else {
                referrals.workAtOnce(day);
            }
        }
        referrals.dirty();
        return referrals.all.stream()
                .filter(referral -> !end(referral).isBefore(DeviceEventWriter.TAKEN_OVER_AT))
                .sorted(Comparator.comparing((Referral referral) -> referral.receivedAt)
                        .thenComparing(referral -> referral.ref))
                .toList();
    }

    private static Instant end(Referral referral) {
        if (referral.lookedAt != null) {
            return referral.lookedAt;
        }
        return referral.closedUnseenAt == null ? Instant.MAX : referral.closedUnseenAt;
    }

    private void receive(LocalDate day) {
        int count = random.poisson(A_DAY);
        for (int i = 0; i < count; i++) {
            int roll = random.between(1, 10);
            String risk = roll == 1 ? "high" : roll <= 4 ? "medium" : "standard";
            String ref = String.format("%sA%02d-%06d", prefix, day.getYear() % 100, all.size() + 1);
            Referral referral = new Referral(ref, risk, ForceCalendar.instant(day.atTime(random.timeOfDay(0, 24))));
            all.add(referral);
            if (random.chance(0.012)) {
                referral.closedUnseenAt = referral.receivedAt.plusSeconds(random.between(1, 18) * HOUR);
            } else if (risk.equals("high")) {
                look(referral, random.between(20, 300) * 60L);
            } else {
                waiting.add(referral);
            }
        }
        waiting.sort(Comparator.comparing(referral -> referral.receivedAt));
    }

    private static void look(Referral referral, long afterSeconds) {
        referral.lookedAt = referral.receivedAt.plusSeconds(afterSeconds);
    }

    /** Usually takes the oldest first, until the day ends at its target. */
    private void work(LocalDate day) {
        int closing = Math.max(0, target.next(day, random, 1.5));
        while (waiting.size() > closing) {
            Referral next = waiting.remove(random.chance(0.8) ? 0 : random.between(0, waiting.size() - 1));
            Instant at = ForceCalendar.instant(day.atTime(random.timeOfDay(8, 22)));
            Instant soonest = next.receivedAt.plusSeconds(600);
            next.lookedAt = at.isBefore(soonest) ? soonest : at;
        }
    }

    private void workAtOnce(LocalDate day) {
        for (Referral referral : List.copyOf(waiting)) {
            boolean isOld = ForceCalendar.localDay(referral.receivedAt).isBefore(CLEARED_ON);
            boolean isLate = !ForceCalendar.isWorking(day) && random.chance(0.2);
            if (isOld) {
                referral.lookedAt = ForceCalendar.instant(day.atTime(random.timeOfDay(7, 9)));
            } else {
                look(referral, isLate ? random.between(25 * 60, 34 * 60) * 60L : random.between(30, 20 * 60) * 60L);
            }
            waiting.remove(referral);
        }
    }

    private void dirty() {
        int tooEarly = 0;
        int missing = 0;
        int twice = 0;
        List<Referral> copies = new ArrayList<>();
        while (tooEarly < 6 || missing < 15 || twice < 10) {
            Referral referral = random.pick(all);
            int year = referral.receivedAt.atZone(ForceCalendar.ZONE).getYear();
            if (referral.lookedAt == null
                    || year < 2013
                    || year > 2015
                    || referral.isLookedAtTooEarly
                    || referral.isRiskMissing) {
                continue;
            }
            if (tooEarly < 6 && year == 2013) {
                referral.isLookedAtTooEarly = true;
                tooEarly++;
            } else if (missing < 15) {
                referral.isRiskMissing = true;
                missing++;
            } else if (twice < 10 && year == 2014) {
                Referral copy = new Referral(referral.ref + "/2", referral.risk, referral.receivedAt.plusSeconds(120));
                copy.removedAt = copy.receivedAt.plusSeconds(30 * HOUR);
                copies.add(copy);
                twice++;
            }
        }
        all.addAll(copies);
        Referral mistake = new Referral(
                prefix + "A15-M1",
                "standard",
                ForceCalendar.instant(LocalDate.of(2015, 12, 30).atTime(23, 10)));
        mistake.removedAt = ForceCalendar.instant(PlannedDays.SECOND.atTime(11, 0));
        all.add(mistake);
    }

    static SourceTable table(List<Referral> referrals) {
        SourceTable table = new SourceTable(
                "referrals",
                "da.referral",
                Stamps.NONE,
                "referral_ref varchar(40)",
                "received_at timestamp with time zone",
                "risk_level varchar(20)",
                "first_looked_at timestamp with time zone",
                "closed_unseen_at timestamp with time zone",
                "officer_name varchar(80)");
        for (Referral referral : referrals) {
            SourceRecord row = new SourceRecord(referral.ref);
            LocalDate receivedOn = ForceCalendar.localDay(referral.receivedAt);
            Instant first = referral.receivedAt.isBefore(DeviceEventWriter.TAKEN_OVER_AT)
                    ? DeviceEventWriter.TAKEN_OVER_AT
                    : referral.receivedAt;
            row.add(new RecordVersion(first, receivedOn, false, values(referral, null, null)));
            Instant looked = referral.lookedAt;
            if (looked != null) {
                Instant told = referral.isLookedAtTooEarly ? referral.receivedAt.minusSeconds(20 * HOUR) : looked;
                row.add(new RecordVersion(
                        after(looked, first), ForceCalendar.localDay(looked), false, values(referral, told, null)));
            }
            Instant closed = referral.closedUnseenAt;
            if (closed != null) {
                row.add(new RecordVersion(
                        after(closed, first), ForceCalendar.localDay(closed), false, values(referral, null, closed)));
            }
            Instant removed = referral.removedAt;
            if (removed != null) {
                row.add(new RecordVersion(removed, receivedOn, true, row.last().values()));
            }
            table.rows.add(row);
        }
        return table;
    }

    private static Instant after(Instant moment, Instant other) {
        return moment.isAfter(other) ? moment : other.plusSeconds(1);
    }

    private static List<@Nullable Object> values(
            Referral referral, @Nullable Instant looked, @Nullable Instant closed) {
        return Arrays.asList(
                referral.ref,
                referral.receivedAt,
                referral.isRiskMissing ? null : referral.risk,
                looked,
                closed,
                "Synthetic officer 7");
    }
}
