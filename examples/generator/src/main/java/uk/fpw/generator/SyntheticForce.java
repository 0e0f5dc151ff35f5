package uk.fpw.generator;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;

/**
 * The synthetic force: three operational databases and a folder of case audits, from 1 January 2013, with the dirt that real systems have. The same seed and
 * scale give the same rows on every machine, in every time zone and on every database. Scale 1 is calibrated to the published facts; larger scales are that many
 * forces side by side (each with a seed of its own), written one after another, so that memory does not grow.
 */
public final class SyntheticForce {

    /** Code of the force, as in its {@code force.yml}. */
    public static final String CODE = "fenmarch";

    /** Name of the force; says that it is synthetic, and so must everything that prints a figure of it. */
    public static final String NAME = "Fenmarch Police (synthetic)";

    /** Seed of the demonstration. */
    public static final long DEMO_SEED = 2015;

    /** First and last day that {@link #writeUpTo} accepts. */
    public static final LocalDate FIRST_DAY = LocalDate.of(2013, 1, 1);

    public static final LocalDate LAST_DAY = LocalDate.of(2016, 1, 31);

    private final long seed;
    private final int scale;
    private final Systems systems;

    /**
     * The force of a seed; nothing is written yet.
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
     * Brings the systems to what they knew at the end of a day. The first time everything is written (tables of an earlier run are dropped, files of the drop folder
     * deleted); later only what changed since, also by another process. The drop folder gets one file per night, the first of which holds all audits so far.
     *
     * @throws IllegalArgumentException if the day is before that of the last call, or out of range
     * @throws GeneratorException if a database or folder cannot be written
     */
    public void writeUpTo(LocalDate knownOn) {
        require(knownOn);
    }

    /** What {@code writeUpTo(day)} changes after {@code writeUpTo(day - 1)}. */
    public NightPlan plan(LocalDate day) {
        require(day);
        return new NightPlan(day, List.of());
    }

    /** Puts a file of audits into the drop folder whose header lacks a column: a night that reads it must fail. */
    public void writeBrokenAudits(LocalDate day) {
        require(day);
    }

    /**
     * Writes what is true as CSV files, as far as the systems knew it at the end of a day: without the items that must be excluded, which have a file of their own.
     * Needs no database.
     */
    public void truth(LocalDate knownOn, Path folder) {
        require(knownOn);
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
