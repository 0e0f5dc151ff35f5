package uk.fpw.generator;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import uk.fpw.generator.NightPlan.FeedChanges;

/**
 * The synthetic force: three operational databases and a folder of case audits, from 1 January 2013, with the dirt that real systems have. The same seed and
 * scale give the same rows on every machine, in every time zone and on every database. Scale 1 is calibrated to the published facts; larger scales are that many
 * forces side by side (each with chances of its own), written one after another, so that memory does not grow.
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

    private static final String AUDITS_HEADER =
            "Audit,Case,Scheme version,Grade,Theme,Assessor,Population,Selection,Judged on";
    private static final String AUDITS_PREFIX = "case_audits_";

    private final long seed;
    private final int scale;
    private final Systems systems;

    /** The only replica of scale 1, kept since it is asked for again and again. */
    private @Nullable History only;

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
     * Brings the systems to what they knew at the end of a day. The first time everything is written (tables of another seed or scale are dropped, their files
     * deleted); later only what changed since, also by another process. The drop folder gets one file per night, the first of which holds all audits so far.
     *
     * @throws IllegalArgumentException if the day is before that of the last call, or out of range
     * @throws GeneratorException if a database cannot be written
     */
    public void writeUpTo(LocalDate knownOn) {
        require(knownOn);
        write(
                systems.dfu(),
                "dfu",
                knownOn,
                history -> List.of(history.deviceTables.exhibits, history.deviceTables.log));
        write(systems.da(), "da", knownOn, history -> List.of(history.referralTable));
        LocalDate since = write(
                systems.cases(),
                "cases",
                knownOn,
                history -> List.of(history.caseTables.files, history.caseTables.actions));
        writeAudits(since, knownOn);
    }

    private @Nullable LocalDate write(
            Database database, String schema, LocalDate knownOn, Function<History, List<Table>> tables) {
        try (SystemWriter writer = SystemWriter.open(database, schema, seed, scale)) {
            LocalDate since = writer.knownOn;
            if (since != null && since.isAfter(knownOn)) {
                throw new IllegalArgumentException("system " + schema + " is at " + since + " and cannot go back to "
                        + knownOn + "; delete it to start afresh");
            }
            for (int replica = 0; replica < scale; replica++) {
                List<Table> parts = tables.apply(history(replica));
                if (since == null && replica == 0) {
                    writer.create(parts);
                }
                for (Table table : parts) {
                    writer.write(table, since, knownOn);
                }
                if (since == null && replica == scale - 1) {
                    writer.finish(parts);
                }
            }
            writer.commit(seed, scale, knownOn);
            return since;
        }
    }

    private History history(int replica) {
        if (scale > 1) {
            return History.of(seed, replica, scale);
        }
        if (only == null) {
            only = History.of(seed, 0, 1);
        }
        return only;
    }

    private void writeAudits(@Nullable LocalDate since, LocalDate knownOn) {
        if (since == null) {
            deleteAudits();
            writeAudits(knownOn, Instant.MIN);
            return;
        }
        for (LocalDate day = since.plusDays(1); !day.isAfter(knownOn); day = day.plusDays(1)) {
            writeAudits(day, Days.endOf(day.minusDays(1)));
        }
    }

    private void deleteAudits() {
        try {
            Files.createDirectories(systems.drop());
            try (Stream<Path> files = Files.list(systems.drop())) {
                for (Path file : files.toList()) {
                    if (file.getFileName().toString().startsWith(AUDITS_PREFIX)) {
                        Files.delete(file);
                    }
                }
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(systems.drop() + " cannot be emptied", failure);
        }
    }

    private void writeAudits(LocalDate day, Instant before) {
        try (CsvFile file = new CsvFile(audits(day), AUDITS_HEADER)) {
            for (int replica = 0; replica < scale; replica++) {
                for (Row row : history(replica).audits.table.rows) {
                    Version version = row.versionBefore(Days.endOf(day));
                    if (version != null && row.knownBefore(before) < row.knownBefore(Days.endOf(day))) {
                        file.line(version.values());
                    }
                }
            }
        }
    }

    private Path audits(LocalDate day) {
        return systems.drop().resolve(AUDITS_PREFIX + day + ".csv");
    }

    /** What {@code writeUpTo(day)} changes after {@code writeUpTo(day - 1)}. */
    public NightPlan plan(LocalDate day) {
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
        return new NightPlan(day, sums);
    }

    /** Puts a file of audits into the drop folder in which the grade's column is missing: a night that reads it must fail. */
    public void writeBrokenAudits(LocalDate day) {
        require(day);
        try (CsvFile file = new CsvFile(audits(day), AUDITS_HEADER.replace(",Grade", ""))) {
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
     * Writes what is true as CSV files, as far as the systems knew it at the end of a day: without the items that must be excluded, which have a file of their own.
     * Needs no database. What the files hold is said in the generator's {@code README.md}.
     */
    public void truth(LocalDate knownOn, Path folder) {
        require(knownOn);
        try (Truth truth = new Truth(folder, knownOn)) {
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
