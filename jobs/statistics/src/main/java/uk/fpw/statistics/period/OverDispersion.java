package uk.fpw.statistics.period;

/**
 * By which factor the variance of a count of items exceeds that of independent events, because items come by
 * contributor (devices of a case) and by day (a batch that leaves together): the variance with two ways of clustering
 * is that by contributor plus that by day, less that by both (Cameron, Gelbach and Miller 2011).
 *
 * <p>Sums over periods add up: the factor is that of all of them.
 *
 * @param items items
 * @param squares sum over contributors, within each period, of the square of their items
 * @param squaresByDay sum over contributors and days of the square of their items on the day
 * @param squaresOfDays sum over days of the square of their items
 * @param daySquares sum, over days and the same day of the week before, of the square of the difference of their items
 * @param dayItems sum of the items of both days of these pairs
 */
public record OverDispersion(
        long items, long squares, long squaresByDay, double squaresOfDays, double daySquares, double dayItems) {

    /** Nothing counted. */
    public static final OverDispersion NONE = new OverDispersion(0, 0, 0, 0, 0, 0);

    private static final int WEEK = 7;

    /**
     * Of one period.
     *
     * @param byDay items of each day of the period, in order
     */
    public static OverDispersion of(long items, long squares, long squaresByDay, long[] byDay) {
        double daySquares = 0;
        double dayItems = 0;
        for (int day = WEEK; day < byDay.length; day++) {
            double difference = byDay[day] - byDay[day - WEEK];
            daySquares += difference * difference;
            dayItems += byDay[day] + byDay[day - WEEK];
        }
        double squaresOfDays = 0;
        for (long ofDay : byDay) {
            squaresOfDays += (double) ofDay * ofDay;
        }
        return new OverDispersion(items, squares, squaresByDay, squaresOfDays, daySquares, dayItems);
    }

    /** The sums of both. */
    public OverDispersion with(OverDispersion other) {
        return new OverDispersion(
                items + other.items,
                squares + other.squares,
                squaresByDay + other.squaresByDay,
                squaresOfDays + other.squaresOfDays,
                daySquares + other.daySquares,
                dayItems + other.dayItems);
    }

    /** That by contributor: mean of the squares over the mean; 1 if each has one item. */
    public double byContributor() {
        return items == 0 ? 1 : (double) squares / items;
    }

    /**
     * That by day: mean squared difference between a day and the same day of the week before, over what it is for
     * independent events. Days of the week, a season and a slow change leave it as it is. 1 if there are no such pairs.
     */
    public double byDay() {
        return dayItems == 0 ? 1 : daySquares / dayItems;
    }

    /**
     * The factor: at least 1, and at least that by contributor. That by day comes from few days if a few have most of
     * the items, and is raised by one over their effective number (Kish 1965).
     */
    public double factor() {
        if (items == 0) {
            return 1;
        }
        double days = (double) items * items / squaresOfDays;
        double both = (double) squaresByDay / items;
        return Math.max(Math.max(1, byContributor()), byContributor() + byDay() * (1 + 1 / days) - both);
    }
}
