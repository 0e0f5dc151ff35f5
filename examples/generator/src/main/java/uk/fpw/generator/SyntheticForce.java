package uk.fpw.generator;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import uk.fpw.generator.record.CsvFile;
import uk.fpw.generator.record.DayPlan;
import uk.fpw.generator.record.DayPlan.FeedChanges;
import uk.fpw.generator.record.GeneratorException;

/**
 * The synthetic force: three operational databases and a folder of case audits, from 1 January 2013, with the errors
 * that real systems have. The same seed and scale give the same rows on every machine, in every time zone and on every
 * database. Scale 1 is calibrated to the published facts; larger scales are that many forces (each with its own random
 * numbers), written one after another, so that memory does not grow.
 */
public final class SyntheticForce {

    /** Code of the force, as in its {@code force.yml}. */
    public static final String CODE = "fenmarch";

    /** Name of the force. It says that the force is synthetic, and so must everything that prints its figures. */
    public static final String NAME = "Fenmarch Police (synthetic)";

    /** Seed of the demonstration. */
    public static final long DEMO_SEED = 2015;

    /** First and last day that {@link #writeUpTo} accepts. */
    public static final LocalDate FIRST_DAY = LocalDate.of(2013, 1, 1);

    public static final LocalDate LAST_DAY = LocalDate.of(2016, 1, 31);

    private final long seed;
    private final int scale;
    private final Systems systems;

    /** The only replica of scale 1, cached. */
    private @Nullable ForceHistory only;

    /**
     * A force with that seed; writes nothing yet.
     *
     * @param scale 1 for the demonstration (a few thousand devices and cases)
     */
    public SyntheticForce(long seed, int scale, Systems systems) {
        if (scale < 1) {
            throw new IllegalArgumentException("scale is " + scale + ", but must be 1 or more");
        }
        this.seed = seed;
        this.scale = scale;
        this.systems = systems;
    }

    /**
     * Updates the systems to their state at the end of a day. The first call writes everything (tables of another seed
     * or scale are dropped, their files deleted), later calls only what changed since, even if another process wrote
     * it. The drop folder gets one file of audits per day, the first of which contains all so far, and one with staff
     * in post.
     *
     * @throws IllegalArgumentException if the day is before that of the last call, or out of range
     * @throws GeneratorException if a database cannot be written
     */
    public void writeUpTo(LocalDate knownOn) {
        require(knownOn);
        try (SystemWriter dfu = SystemWriter.open(systems.dfu(), "dfu", seed, scale);
                SystemWriter cases = SystemWriter.open(systems.cases(), "cases", seed, scale);
                SystemWriter da = SystemWriter.open(systems.da(), "da", seed, scale);
                AuditFiles audits = new AuditFiles(systems.drop(), cases.knownOn, knownOn);
                StaffFile staff = new StaffFile(systems.drop(), knownOn)) {
            for (int replica = 0; replica < scale; replica++) {
                ForceHistory history = history(replica);
                write(
                        dfu,
                        List.of(
                                history.deviceTables.exhibits,
                                history.deviceTables.priorities,
                                history.deviceTables.log),
                        replica,
                        knownOn);
                write(cases, List.of(history.caseTables.files, history.caseTables.actions), replica, knownOn);
                write(da, List.of(history.referralTable), replica, knownOn);
                audits.write(history.audits.table);
                staff.write(history.staff);
            }
            dfu.commit(seed, scale, knownOn);
            da.commit(seed, scale, knownOn);
            cases.commit(seed, scale, knownOn);
        }
    }

    private void write(SystemWriter writer, List<SourceTable> tables, int replica, LocalDate knownOn) {
        writer.requireLaterDate(knownOn);
        boolean isNew = writer.knownOn == null;
        if (isNew && replica == 0) {
            writer.create(tables);
        }
        for (SourceTable table : tables) {
            writer.write(table, writer.knownOn, knownOn);
        }
        if (isNew && replica == scale - 1) {
            writer.finish(tables);
        }
    }

    private ForceHistory history(int replica) {
        if (scale > 1) {
            return ForceHistory.of(seed, replica, scale);
        }
        if (only == null) {
            only = ForceHistory.of(seed, 0, 1);
        }
        return only;
    }

    /** What {@code writeUpTo(day)} changes after {@code writeUpTo(day - 1)}. */
    public DayPlan plan(LocalDate day) {
        require(day);
        List<FeedChanges> sums = new ArrayList<>();
        for (int replica = 0; replica < scale; replica++) {
            List<FeedChanges> changes = history(replica).changes(day);
            for (int i = 0; i < changes.size(); i++) {
                if (replica == 0) {
                    sums.add(changes.get(i));
                } else {
                    sums.set(i, sums.get(i).plus(changes.get(i)));
                }
            }
        }
        return new DayPlan(day, sums);
    }

    /** Writes a file of audits without the grade column into the drop folder; a run that reads it must fail. */
    public void writeBrokenAudits(LocalDate day) {
        require(day);
        try (CsvFile file =
                new CsvFile(AuditFiles.path(systems.drop(), day), AuditFiles.HEADER.replace(",Grade", ""))) {
            file.line(List.of(
                    "Q999999",
                    "N15-00001",
                    "2",
                    "investigation",
                    "force",
                    "child_protection",
                    "random",
                    Audits.text(day)));
        }
    }

    /**
     * Writes the true figures as CSV files, as far as the systems knew them at the end of a day: without the items that
     * must be excluded, which are in a file of their own. Needs no database. The generator's {@code README.md}
     * describes the files.
     */
    public void truth(LocalDate knownOn, Path folder) {
        require(knownOn);
        try (TruthWriter truth = new TruthWriter(folder, knownOn)) {
            for (int replica = 0; replica < scale; replica++) {
                truth.write(history(replica));
            }
            truth.write(plan(knownOn));
        }
    }

    private static void require(LocalDate day) {
        if (day.isBefore(FIRST_DAY) || day.isAfter(LAST_DAY)) {
            throw new IllegalArgumentException("day is " + day + ", but must be from " + FIRST_DAY + " to " + LAST_DAY);
        }
    }

    @Override
    public String toString() {
        return NAME + ", seed " + seed + ", scale " + scale + ", in " + systems;
    }
}
