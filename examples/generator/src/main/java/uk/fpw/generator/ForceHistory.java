package uk.fpw.generator;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import uk.fpw.generator.record.DayPlan.FeedChanges;
import uk.fpw.generator.record.Referral;
import uk.fpw.generator.record.SeededRandom;

/**
 * All events of one replica of the force, and its records in the systems: a few thousand items, regardless of the
 * scale.
 */
final class ForceHistory {

    final List<DeviceLife> devices;
    final List<CaseLife> cases;
    final List<Referral> referrals;
    final DeviceTables deviceTables;
    final CaseTables caseTables;
    final SourceTable referralTable;
    final Audits audits;
    final SourceTable staff;

    private ForceHistory(long seed, int replica, List<DeviceLife> devices, List<CaseLife> cases) {
        this.devices = devices;
        this.cases = cases;
        this.referrals = Referrals.of(seed, replica);
        this.deviceTables = new DeviceTables(replica, devices);
        this.caseTables = new CaseTables(replica, cases);
        this.referralTable = Referrals.table(referrals);
        this.audits = new Audits(seed, replica, cases);
        this.staff = StaffPosts.of(seed, replica);
    }

    static ForceHistory of(long seed, int replica, int scale) {
        List<DeviceLife> devices = new ArrayList<>(DeviceLives.of(seed, replica));
        new DeviceDirt(new SeededRandom(seed, replica, "dirt"), devices).spread();
        devices.addAll(new PlannedDays(replica, new DeviceEventWriter(new SeededRandom(seed, replica, "plan")), devices)
                .plan());
        List<CaseLife> cases = CaseLives.of(seed, replica, devices);
        ForceHistory history = new ForceHistory(seed, replica, devices, cases);
        history.deviceTables.exhibits.number(replica, scale);
        history.deviceTables.log.number(replica, scale);
        history.deviceTables.priorities.number(replica, scale);
        return history;
    }

    List<FeedChanges> changes(LocalDate day) {
        return List.of(
                deviceTables.exhibits.changes(day),
                deviceTables.log.changes(day),
                deviceTables.priorities.changes(day),
                caseTables.files.changes(day),
                caseTables.actions.changes(day),
                referralTable.changes(day),
                audits.changes(day),
                staff.changes(day));
    }
}
