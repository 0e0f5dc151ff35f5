package uk.fpw.nightly.cli.option;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import uk.fpw.layout.DeliveryState;
import uk.fpw.layout.ReleasedFeed;
import uk.fpw.warehouse.store.ledger.Release;

/** A release as JSON. */
public final class ReleaseJson {

    private ReleaseJson() {}

    /** What it is and how far its feeds were known, in a map that the caller may extend. */
    public static Map<String, @Nullable Object> of(Release release, boolean isCurrent) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("release_id", release.releaseId());
        fields.put("business_date", release.businessDate());
        fields.put("released_at", release.releasedAt());
        fields.put("digest", release.digest());
        fields.put("is_current", isCurrent);
        fields.put("lacking", feeds(release.missingFeeds()));
        for (DeliveryState state :
                List.of(DeliveryState.NOT_DUE, DeliveryState.OLD_CONTENT, DeliveryState.NOT_DELIVERED)) {
            fields.put(
                    state.code(),
                    feeds(release.olderFeeds().stream()
                            .filter(feed -> feed.why() == state)
                            .toList()));
        }
        return fields;
    }

    private static List<Map<String, Object>> feeds(List<ReleasedFeed> feeds) {
        return feeds.stream()
                .map(feed -> {
                    Map<String, Object> fields = new LinkedHashMap<>();
                    fields.put("feed", feed.name());
                    fields.put("complete_to", feed.completeTo());
                    return fields;
                })
                .toList();
    }
}
