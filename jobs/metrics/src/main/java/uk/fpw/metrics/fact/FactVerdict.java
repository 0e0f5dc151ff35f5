package uk.fpw.metrics.fact;

import java.math.BigDecimal;
import java.math.MathContext;
import java.time.LocalDate;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import uk.fpw.warehouse.force.fact.Fact;

/**
 * Result of comparing a published figure with ours.
 *
 * @param verdict {@code equal}, {@code within bound}, {@code by construction}, {@code differs by} or {@code not
 *     comparable}
 * @param ourValue our value that is closest to the published figure; null if not comparable, as are lowest, highest
 *     and difference
 * @param valueCount how many values ours took in the window
 * @param difference our value minus the nearest matching figure; 0 if it matches
 * @param reason the verdict as text
 */
record FactVerdict(
        String verdict,
        @Nullable Double ourValue,
        @Nullable Double ourLowest,
        @Nullable Double ourHighest,
        long valueCount,
        @Nullable Double difference,
        String reason) {

    /**
     * Relative difference up to which two figures are the same: sums of binary fractions differ in their last digits.
     */
    private static final double SAME = 1e-9;

    /** The verdict on a fact that cannot be compared with any figure; null if its query must be run. */
    static @Nullable FactVerdict withoutQuery(Fact fact, LocalDate businessDate) {
        if (fact.notComparable() != null) {
            return notComparable(fact.notComparable());
        }
        return fact.asOfFrom().isAfter(businessDate)
                ? notComparable("the words speak of " + window(fact) + ", and our data ends on " + businessDate)
                : null;
    }

    /** The verdict according to our figures, which are compared only if they have the unit of the published figure. */
    static FactVerdict of(Fact fact, LocalDate businessDate, OurFigures ours) {
        FactVerdict asked = withoutQuery(fact, businessDate);
        String unit = ours.unit();
        return asked == null
                        && unit != null
                        && !unit.equalsIgnoreCase(fact.unit().strip())
                ? notComparable("the published figure is in " + fact.unit() + ", and ours in " + unit)
                : of(fact, businessDate, ours.values());
    }

    /**
     * The verdict according to our values.
     *
     * @param values what our figure was in the window, in any order; null where our data does not know it
     */
    static FactVerdict of(Fact fact, LocalDate businessDate, Collection<@Nullable Double> values) {
        FactVerdict asked = withoutQuery(fact, businessDate);
        if (asked != null) {
            return asked;
        }
        List<Double> known = values.stream()
                .filter(Objects::nonNull)
                .map(Objects::requireNonNull)
                .sorted()
                .toList();
        if (known.isEmpty()) {
            return notComparable(
                    values.isEmpty()
                            ? "our data has no such figure for " + window(fact)
                            : "our data has such a figure for " + window(fact) + ", but its value is not known");
        }
        Words words = new Words(fact);
        double ours = known.stream()
                .min(Comparator.comparing((Double value) -> !words.areMetBy(value))
                        .thenComparingDouble(words::distance))
                .orElseThrow();
        boolean isMet = words.areMetBy(ours);
        int unknown = values.size() - known.size();
        if (!isMet && unknown > 0) {
            return notComparable("no known value meets the words, but " + unknown + " of " + values.size() + " for "
                    + window(fact) + " are not known");
        }
        String found =
                (known.size() == 1 ? "ours is " : "the closest of our " + known.size() + " values is ") + shown(ours);
        return new FactVerdict(
                verdict(fact, words, ours, isMet),
                ours,
                known.get(0),
                known.get(known.size() - 1),
                known.size(),
                isMet ? 0.0 : ours - words.nearestTo(ours),
                isMet ? words.metReason(found, ours) : words.missedReason(found, businessDate));
    }

    private static String verdict(Fact fact, Words words, double ours, boolean isMet) {
        if (!isMet) {
            return "differs by";
        }
        return fact.byConstruction() ? "by construction" : words.areExactly(ours) ? "equal" : "within bound";
    }

    private static FactVerdict notComparable(String reason) {
        return new FactVerdict("not comparable", null, null, null, 0, null, reason);
    }

    private static String window(Fact fact) {
        return fact.asOfFrom().equals(fact.asOfTo())
                ? fact.asOfFrom().toString()
                : fact.asOfFrom() + " to " + fact.asOfTo();
    }

    /** At most six digits: {@code 142}, {@code 0.485714}. */
    private static String shown(double value) {
        if (value == Math.rint(value) && Math.abs(value) < 1e15) {
            return String.format(Locale.ROOT, "%,.0f", value);
        }
        return new BigDecimal(value)
                .round(new MathContext(6))
                .stripTrailingZeros()
                .toPlainString();
    }

    /** The published statement about a figure. */
    private record Words(Fact fact) {

        double low() {
            return isAboutOne() ? fact.from() - Math.abs(fact.from()) * fact.aboutShare() : fact.from();
        }

        double high() {
            return isAboutOne() ? fact.to() + Math.abs(fact.to()) * fact.aboutShare() : fact.to();
        }

        boolean isAboutOne() {
            return fact.operator() == Fact.Operator.ABOUT && !fact.isRange();
        }

        boolean areMetBy(double value) {
            return switch (fact.operator()) {
                case EXACTLY, ABOUT ->
                    (value >= low() || same(value, low())) && (value <= high() || same(value, high()));
                case MORE_THAN -> value > fact.from() && !same(value, fact.from());
                case AT_LEAST -> value >= fact.from() || same(value, fact.from());
                case LESS_THAN -> value < fact.from() && !same(value, fact.from());
            };
        }

        boolean areExactly(double value) {
            return !fact.isRange() && same(value, fact.from());
        }

        /** Distance from the published figure; for a range, from its middle. */
        double distance(double value) {
            return Math.abs(value - (fact.from() + fact.to()) / 2);
        }

        double nearestTo(double value) {
            return switch (fact.operator()) {
                case EXACTLY, ABOUT -> value < low() ? low() : high();
                default -> fact.from();
            };
        }

        String metReason(String found, double ours) {
            if (fact.byConstruction()) {
                return found + ", which meets " + asPublished()
                        + "; the data was made to match, so that this proves nothing";
            }
            return found + (areExactly(ours) ? ", as published" : ", which meets " + asPublished());
        }

        String missedReason(String found, LocalDate businessDate) {
            return found + ", which does not meet " + asPublished()
                    + (fact.asOfTo().isAfter(businessDate)
                            ? "; the window ends on " + fact.asOfTo() + ", and our data on " + businessDate
                            : "");
        }

        String asPublished() {
            String figure = fact.isRange() ? shown(fact.from()) + " to " + shown(fact.to()) : shown(fact.from());
            return switch (fact.operator()) {
                case EXACTLY -> "'" + figure + "'";
                case ABOUT ->
                    "'about " + figure + "'" + (isAboutOne() ? " (" + shown(low()) + " to " + shown(high()) + ")" : "");
                case MORE_THAN -> "'more than " + figure + "'";
                case AT_LEAST -> "'at least " + figure + "'";
                case LESS_THAN -> "'less than " + figure + "'";
            };
        }

        private static boolean same(double one, double other) {
            return Math.abs(one - other) <= SAME * Math.max(Math.abs(one), Math.abs(other));
        }
    }
}
