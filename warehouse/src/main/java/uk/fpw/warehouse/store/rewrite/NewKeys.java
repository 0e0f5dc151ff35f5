package uk.fpw.warehouse.store.rewrite;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import uk.fpw.layout.KeyFormat;
import uk.fpw.text.Plural;
import uk.fpw.warehouse.failure.ExitCode;
import uk.fpw.warehouse.failure.FpwException;
import uk.fpw.warehouse.force.Force;
import uk.fpw.warehouse.force.feed.Feed;
import uk.fpw.warehouse.store.catalog.WarehouseCatalog;
import uk.fpw.warehouse.store.load.VersionKeys;
import uk.fpw.warehouse.store.load.key.IndexMemory;
import uk.fpw.warehouse.store.load.key.KeyMapping;

/** Maps the old keys of a warehouse to new ones, from the rows of its feeds and, if necessary, from their sources. */
final class NewKeys {

    private final KeyFormat format;
    private final KeyMapping mapping;
    private final Map<RewrittenTable, VersionKeys> feeds = new LinkedHashMap<>();

    /**
     * An empty mapping.
     *
     * @param format format of the old keys
     */
    NewKeys(Map<String, RewrittenTable> tables, Force force, KeyFormat format, IndexMemory memory) {
        this.format = format;
        this.mapping = new KeyMapping(memory);
        Map<String, Feed> declared = new HashMap<>();
        force.feeds().forEach(feed -> declared.put(WarehouseCatalog.RAW + "." + feed.name(), feed));
        tables.forEach((name, table) -> {
            if (name.startsWith(WarehouseCatalog.RAW + ".")) {
                VersionKeys rows =
                        new VersionKeys(name, table.schema(), table.summaries(), declared.get(name), mapping);
                if (rows.hasUndeclared()) {
                    table.forEach(row -> rows.classify(row, format));
                    rows.classified();
                }
                feeds.put(table, rows);
            }
        });
    }

    KeyMapping mapping() {
        return mapping;
    }

    /** The versions of rows in a feed's table; null if the table does not belong to a feed. */
    @Nullable
    VersionKeys versions(RewrittenTable table) {
        return feeds.get(table);
    }

    /**
     * Finds the new keys: pseudonyms first, since row keys are derived from them.
     *
     * @param keepsUnknown whether to keep pseudonyms for which there is no new one
     * @throws FpwException with {@code BAD_DATA} if there are such pseudonyms and they may not be kept, or if two keys
     *     would become the same
     */
    void find(Rekeying.Keys keys, boolean keepsUnknown, Consumer<String> progress) {
        PseudonymSource source = keys.source();
        if (source == null) {
            feeds.forEach((table, rows) -> {
                if (rows.hasKeys()) {
                    table.forEach(row -> rows.pseudonyms(row, this::putSameBytes));
                }
            });
        } else {
            source.addTo(mapping);
            compare(keepsUnknown, progress);
        }
        feeds.forEach((table, rows) -> {
            if (rows.isKeyedByRow()) {
                table.forEach(row -> rows.addRowKey(row, keys.before(), keys.after()));
            }
        });
    }

    /** Compares the keys from the sources with the pseudonyms in use. */
    private void compare(boolean keepsUnknown, Consumer<String> progress) {
        List<String> counts = new ArrayList<>();
        Set<String> unknown = new HashSet<>();
        Set<String> merged = new HashSet<>();
        feeds.forEach((table, rows) -> {
            if (!rows.hasKeys()) {
                return;
            }
            Set<String> ofTable = new HashSet<>();
            table.forEach(row -> rows.pseudonyms(row, pseudonym -> {
                if (mapping.find(pseudonym) == null) {
                    ofTable.add(pseudonym);
                } else if (!mapping.claim(pseudonym)) {
                    merged.add(pseudonym);
                }
            }));
            if (!ofTable.isEmpty()) {
                counts.add(table.name() + ": " + ofTable.size());
                unknown.addAll(ofTable);
            }
        });
        if (!merged.isEmpty()) {
            throw new FpwException(
                    ExitCode.BAD_DATA,
                    Plural.of(merged.size(), "pseudonym") + " would be the same as another one: what was counted as "
                            + "several would be one, and figures would change. Nothing was changed; correct the "
                            + "source or how it is read");
        }
        if (unknown.isEmpty()) {
            return;
        }
        String all = "pseudonyms without a new one, because the sources no longer have their values: "
                + String.join(", ", counts);
        if (!keepsUnknown) {
            throw new FpwException(
                    ExitCode.BAD_DATA,
                    all + ". Nothing was changed. With --keep-unknown they stay as they are; later rows of a source "
                            + "with these values will count as other items");
        }
        progress.accept(all + "; they stay as they are");
        if (format == KeyFormat.HEX) {
            unknown.forEach(this::putSameBytes);
        }
    }

    private void putSameBytes(String pseudonym) {
        mapping.put(pseudonym, KeyMapping.hash(pseudonym));
    }
}
