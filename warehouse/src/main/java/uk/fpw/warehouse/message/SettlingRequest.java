package uk.fpw.warehouse.message;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Input of the audit process: what it needs to say how complete months were some days after their end.
 *
 * @param releasedOn by queue, the business dates of the releases that have it and since which every release, the
 *     candidate excepted, was compared with the one it replaced, such as {@code 2016-01-12}; without the candidate's.
 *     Null if nothing is to be computed: the files are written without rows
 * @param file absolute path of the Parquet file in which the rows of {@code mart.settling} are to be written
 * @param monthFile the same for {@code mart.settling_month}
 */
public record SettlingRequest(@Nullable Map<String, List<String>> releasedOn, String file, String monthFile) {

    /** The same without anything that is to be computed. */
    SettlingRequest withoutRows() {
        return new SettlingRequest(null, file, monthFile);
    }
}
