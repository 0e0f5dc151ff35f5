package uk.fpw.generator.record;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/**
 * The target level of a queue: straight lines between given days, with a random walk that fades near the pinned days.
 */
public final class TargetPath {

    private record Point(LocalDate day, double level) {}

    private static final int CALM_DAYS = 4;

    private final List<Point> points = new ArrayList<>();
    private final List<LocalDate> pinned = new ArrayList<>();
    private double drift;

    /** Adds a level for a day, and returns the path. */
    public TargetPath at(LocalDate day, double level) {
        points.add(new Point(day, level));
        return this;
    }

    /** The level is exact on this day and near it; a queue may stay below it for some days if too few arrive. */
    public TargetPath pin(LocalDate day, double level) {
        pinned.add(day);
        return at(day, level);
    }

    /** The next day's level; must be called once for every day, in order. */
    public int next(LocalDate day, SeededRandom random, double restlessness) {
        drift = 0.85 * drift + restlessness * random.normal();
        double calm = 1;
        for (LocalDate pin : pinned) {
            long away = Math.abs(ChronoUnit.DAYS.between(pin, day));
            calm = Math.min(calm, Math.max(0, away - CALM_DAYS) / 10.0);
        }
        return (int) Math.round(level(day) + calm * drift);
    }

    private double level(LocalDate day) {
        Point before = points.get(0);
        for (Point point : points) {
            if (point.day.isAfter(day)) {
                double share = (double) ChronoUnit.DAYS.between(before.day, day)
                        / Math.max(1, ChronoUnit.DAYS.between(before.day, point.day));
                return before.level + Math.max(0, share) * (point.level - before.level);
            }
            before = point;
        }
        return before.level;
    }
}
