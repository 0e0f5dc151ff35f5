package uk.fpw.warehouse.message;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Input of the audit process for how complete months were some days after their end.
 *
 * @param releasedOn by queue, the business dates of the releases that have it, such as {@code 2016-01-12}, back to the
 *     first since which every release was compared with the one it replaced; without the candidate. Null to compute
 *     nothing and write files without rows
 * @param file absolute path of the Parquet file for the rows of {@code mart.settling}
 * @param monthFile absolute path of the file for {@code mart.settling_month}
 */
public record SettlingRequest(@Nullable Map<String, List<String>> releasedOn, String file, String monthFile) {

    /** The same request, to compute nothing. */
    SettlingRequest withoutRows() {
        return new SettlingRequest(null, file, monthFile);
    }
}
