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
 * @param rows limits of the rows read
 * @param changes limits of the changes in one load
 * @param in28Days limits of the changes in 28 days
 */
public record FeedLimits(Rows rows, Changes changes, ChangesIn28Days in28Days) {

    /** Reads the limits from a feed's file, where all are in one group. */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static FeedLimits of(JsonNode written) {
        return new FeedLimits(
                Binding.bind(written, Rows.class, Map.of()),
                Binding.bind(written, Changes.class, Map.of()),
                Binding.bind(written, ChangesIn28Days.class, Map.of()));
    }

    /** No limits except a minimum number of rows. */
    public static FeedLimits atLeast(long minRows) {
        return new FeedLimits(new Rows(minRows, 1, 1, 1), new Changes(1, 1, 1, 1, 1, 1), new ChangesIn28Days(1, 1, 1));
    }

    /**
     * Limits of the rows read.
     *
     * @param minRows fewer rows fail the load
     * @param maxRefusedShare a larger share of refused rows fails the load; rows with an empty key are counted
     *     separately
     * @param minRefusedRows fewer refused rows or rows with an empty key never fail a load, whatever their share
     * @param maxEmptyKeyShare a larger share of rows with an empty key fails the load
     * @param maxHeldRows more held rows, which are missing but may be among the refused ones and so are not deleted,
     *     make every run end with a warning; null if only an increase since the previous night does
     */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Rows(
            long minRows,
            double maxRefusedShare,
            long minRefusedRows,
            double maxEmptyKeyShare,
            @Nullable Long maxHeldRows) {

        /** Limits without a limit on held rows. */
        public Rows(long minRows, double maxRefusedShare, long minRefusedRows, double maxEmptyKeyShare) {
            this(minRows, maxRefusedShare, minRefusedRows, maxEmptyKeyShare, null);
        }
    }

    /**
     * Limits of the changes in one load.
     *
     * @param maxDeletedShare a load that deletes a larger share of the current rows, in any way, fails (a truncated
     *     source must not delete the table)
     * @param maxChangedShare a load that changes a larger share of the current rows fails
     * @param maxEmptiedShare a load in which a column loses a larger share of its values fails
     * @param maxReplacedShare for rows without a key, the share of missing rows that may count as changed because as
     *     many are new; the others count as deleted
     * @param minAffectedRows fewer deleted or emptied rows never fail a load, whatever their share
     * @param minChangedRows fewer changed rows never fail a load, whatever their share
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
     * Limits of the changes in all loads of 28 days.
     *
     * @param maxDeletedShare the same as that of one load
     * @param maxEmptiedShare the same as that of one load
     * @param maxReplacedShare a load fails if it brings the replaced share in 28 days above this
     */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record ChangesIn28Days(
            @JsonProperty("max_deleted_share_28_days") double maxDeletedShare,
            @JsonProperty("max_emptied_share_28_days") double maxEmptiedShare,
            @JsonProperty("max_replaced_share_28_days") double maxReplacedShare) {}
}
