package uk.fpw.nightly.run;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import uk.fpw.layout.site.Operations;
import uk.fpw.model.CodeWords;
import uk.fpw.nightly.rejection.Rejection;
import uk.fpw.nightly.rejection.Remedies;
import uk.fpw.warehouse.store.ledger.feed.RefusalLedger;

/** The rejections of the current release by feed and reason, for pages: without lines, keys or values. */
public final class LeftOutRows {

    private LeftOutRows() {}

    private record Reason(
            String kind, String feed, String code, @Nullable String field) {}

    /** One entry for each feed and reason, in the order of the rejections. */
    public static List<Operations.LeftOut> of(Rejections rejections) {
        return of(rejections.ofCurrentRelease(null).rejections(), rejections.dates());
    }

    /** The same of these rejections, with the dates of earlier ones. */
    static List<Operations.LeftOut> of(
            List<Rejection> rejections, Map<RefusalLedger.Reason, RefusalLedger.Dates> dates) {
        Map<Reason, List<Rejection>> byReason = new LinkedHashMap<>();
        rejections.forEach(one -> byReason.computeIfAbsent(
                        new Reason(one.kind(), one.feed(), one.code(), one.field()), first -> new ArrayList<>())
                .add(one));
        return byReason.entrySet().stream()
                .map(entry -> leftOut(entry.getKey(), entry.getValue(), dates))
                .toList();
    }

    private static Operations.LeftOut leftOut(
            Reason reason, List<Rejection> rows, Map<RefusalLedger.Reason, RefusalLedger.Dates> dates) {
        Rejection first = rows.get(0);
        boolean isUncounted = rows.stream().anyMatch(row -> row.rowCount() == null);
        return new Operations.LeftOut(
                reason.kind,
                reason.feed,
                reason.code,
                reason.field,
                isUncounted
                        ? null
                        : rows.stream()
                                .map(Rejection::rowCount)
                                .filter(Objects::nonNull)
                                .mapToLong(Long::longValue)
                                .sum(),
                words(first),
                Remedies.of(first),
                rows.stream()
                        .map(row -> since(row, dates))
                        .filter(Objects::nonNull)
                        .min(LocalDate::compareTo)
                        .orElse(null));
    }

    /** The message of a refused row names its line, that of a failed load a file. */
    private static String words(Rejection row) {
        if (row.kind().equals(Rejection.FAILED)) {
            return "its latest delivery could not be loaded; the figures have what was delivered before";
        }
        CodeWords own = row.kind().equals(Rejection.REFUSED) ? CodeWords.of(row.code()) : null;
        return own == null ? row.message() : own.words();
    }

    private static @Nullable LocalDate since(Rejection row, Map<RefusalLedger.Reason, RefusalLedger.Dates> dates) {
        RefusalLedger.Dates found =
                dates.get(new RefusalLedger.Reason(row.feed(), row.code(), row.field(), row.rowKey()));
        return found == null ? row.businessDate() : found.first();
    }
}
