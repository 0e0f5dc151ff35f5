package uk.fpw.warehouse.force.feed;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import uk.fpw.warehouse.force.yaml.Binding;

/**
 * Limits of a valid extract.
 *
 * @param rows of the rows that are read
 * @param changes of what one load changes
 * @param in28Days of what all loads of 28 days change
 */
public record FeedLimits(Rows rows, Changes changes, ChangesIn28Days in28Days) {

    /** As the feed's file writes them, all in one group. */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static FeedLimits of(JsonNode written) {
        return new FeedLimits(
                Binding.bind(written, Rows.class, Map.of()),
                Binding.bind(written, Changes.class, Map.of()),
                Binding.bind(written, ChangesIn28Days.class, Map.of()));
    }

    /** Limits that nothing exceeds but an extract of fewer rows than these. */
    public static FeedLimits atLeast(long minRows) {
        return new FeedLimits(new Rows(minRows, 1, 1, 1), new Changes(1, 1, 1, 1, 1, 1), new ChangesIn28Days(1, 1, 1));
    }

    /**
     * Limits of the rows that are read.
     *
     * @param minRows fewer rows than this fail the load
     * @param maxRefusedShare a larger share of refused rows, those with an empty key not among them, fails the load
     * @param minRefusedRows fewer refused rows, or fewer rows with an empty key, never fail a load, whatever their
     *     share
     * @param maxEmptyKeyShare a larger share of rows with an empty key fails the load
     * @param maxHeldRows more missing rows that are not deleted, since they may be refused ones, end every run with a
     *     warning; null if only more than the night before do
     */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Rows(
            long minRows,
            double maxRefusedShare,
            long minRefusedRows,
            double maxEmptyKeyShare,
            @Nullable Long maxHeldRows) {

        /** Limits of rows that do not say how many may be held. */
        public Rows(long minRows, double maxRefusedShare, long minRefusedRows, double maxEmptyKeyShare) {
            this(minRows, maxRefusedShare, minRefusedRows, maxEmptyKeyShare, null);
        }
    }

    /**
     * Limits of what one load changes.
     *
     * @param maxDeletedShare a load that deletes a larger share of the current rows, in any way, fails (a
     *     truncated source must not end-date the table)
     * @param maxChangedShare a load that changes a larger share of the current rows fails
     * @param maxEmptiedShare a load by which a column loses a larger share of its values fails
     * @param maxReplacedShare of rows without a key of their own, the share of missing ones that may count as changed
     *     because as many are new; the others count as deleted
     * @param minAffectedRows fewer rows deleted or emptied never fail a load, whatever their share
     * @param minChangedRows fewer rows changed never fail a load, whatever their share
     */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Changes(
            double maxDeletedShare,
            double maxChangedShare,
            double maxEmptiedShare,
            double maxReplacedShare,
            long minAffectedRows,
            long minChangedRows) {}

    /**
     * Limits of what all loads of 28 days change.
     *
     * @param maxDeletedShare the same as that of one load
     * @param maxEmptiedShare the same as that of one load
     * @param maxReplacedShare a load after which more than that share was replaced in 28 days fails
     */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record ChangesIn28Days(
            @JsonProperty("max_deleted_share_28_days") double maxDeletedShare,
            @JsonProperty("max_emptied_share_28_days") double maxEmptiedShare,
            @JsonProperty("max_replaced_share_28_days") double maxReplacedShare) {}
}
