package uk.fpw.statistics;

import java.util.List;

/**
 * The change of a share between two periods, split over groups: what changed because the groups have other weights in
 * the whole (mix), and because their own shares changed (rate). Kitagawa, "Components of a difference between two
 * rates", 1955, in its symmetric form: mix is the change of a group's weight times the mean of its two shares, rate the
 * change of its share times the mean of its two weights. The mean of the whole's two shares is subtracted in the mix,
 * which leaves the sum as it is, since the changes of the weights add up to 0: a group whose share is that of the whole
 * adds nothing by growing. All parts of all groups add up to the change, but for rounding.
 *
 * @param mix the part of a group's weight, in points of the share of the whole
 * @param rate the part of a group's own share; 0 for a group that is absent from a period, and so has one share only
 */
public record MixAndRate(double mix, double rate) {

    /**
     * One group in both periods.
     *
     * @param earlier what the share is of, in the earlier period
     * @param earlierPart of these, what has the property
     */
    public record Group(long earlierPart, long earlier, long part, long now) {}

    /**
     * One for each group, in their order.
     *
     * @param groups groups that make up the whole, which must not be empty in either period
     * @throws IllegalArgumentException if the whole is empty in a period, and has no share
     */
    public static List<MixAndRate> of(List<Group> groups) {
        long earlier = groups.stream().mapToLong(Group::earlier).sum();
        long now = groups.stream().mapToLong(Group::now).sum();
        if (earlier == 0 || now == 0) {
            throw new IllegalArgumentException("the whole is empty in a period");
        }
        double middle = ((double) groups.stream().mapToLong(Group::earlierPart).sum() / earlier
                        + (double) groups.stream().mapToLong(Group::part).sum() / now)
                / 2;
        return groups.stream()
                .map(group -> of(group, (double) group.earlier / earlier, (double) group.now / now, middle))
                .toList();
    }

    private static MixAndRate of(Group group, double earlierWeight, double weight, double middle) {
        if (group.earlier == 0 && group.now == 0) {
            return new MixAndRate(0, 0);
        }
        double share = group.now == 0 ? earlierShare(group) : (double) group.part / group.now;
        double earlierShare = group.earlier == 0 ? share : earlierShare(group);
        return new MixAndRate(
                (weight - earlierWeight) * ((earlierShare + share) / 2 - middle),
                (share - earlierShare) * (earlierWeight + weight) / 2);
    }

    private static double earlierShare(Group group) {
        return (double) group.earlierPart / group.earlier;
    }
}
