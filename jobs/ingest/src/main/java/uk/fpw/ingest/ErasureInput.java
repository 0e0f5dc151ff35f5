package uk.fpw.ingest;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import uk.fpw.ingest.row.RowParser;
import uk.fpw.ingest.source.SourceRow;
import uk.fpw.warehouse.failure.FpwException;
import uk.fpw.warehouse.force.Force;
import uk.fpw.warehouse.force.feed.Feed;
import uk.fpw.warehouse.privacy.Pseudonymiser;
import uk.fpw.warehouse.store.ledger.feed.Tombstones;
import uk.fpw.warehouse.store.rewrite.Erasing;

/**
 * What to erase, from lines as the source writes them: transformed, parsed and pseudonymised as a load does.
 *
 * @param rows what tables contain of it
 * @param words what people may have written of it
 * @param tombstones what keeps it out
 */
public record ErasureInput(Erasing.Rows rows, Set<String> words, List<Tombstones.Erased> tombstones) {

    /** Separates the parts of a key. */
    private static final String SEPARATOR = "\t";

    /**
     * Keys of rows of a feed.
     *
     * @param lines one key each; if it has several parts, these are in the order of the feed's {@code key}, separated
     *     by tabs
     * @throws FpwException with {@code CONFIGURATION} if the rows of the feed have no key, or a line is none; the
     *     message names the number of the line and contains nothing of it
     */
    public static ErasureInput ofKeys(Feed feed, Pseudonymiser pseudonymiser, List<String> lines) {
        if (feed.isKeyedByRow()) {
            throw FpwException.configuration("feeds/" + feed.name() + ".yml: key: row: its rows have no key that the "
                    + "source knows; give the person or case instead (--person-file, --case-file)");
        }
        RowParser parser = new RowParser(feed, pseudonymiser, feed.columns().size());
        Set<String> keys = new HashSet<>();
        Set<String> words = new HashSet<>();
        Set<Tombstones.Erased> tombstones = new LinkedHashSet<>();
        for (int line = 0; line < lines.size(); line++) {
            SourceRow row = row(feed, lines.get(line), line + 1L);
            String key = row == null ? null : parser.key(row);
            String sourceKey = row == null ? null : parser.sourceKey(row);
            if (key == null || sourceKey == null) {
                throw FpwException.configuration("line " + (line + 1) + " is not a key of feed " + feed.name() + " ("
                        + String.join(", ", feed.key())
                        + (feed.key().size() > 1 ? ", separated by tabs" : "")
                        + "), as the source writes it. Nothing was changed");
            }
            keys.add(key);
            tombstones.add(new Tombstones.Erased(feed.name(), sourceKey, Set.of(feed.keyReading())));
            if (feed.key().size() == 1) {
                words.add(lines.get(line).strip());
                words.add(sourceKey);
            }
        }
        return new ErasureInput(new Erasing.Rows(Map.of(feed.name(), keys), Set.of()), words, List.copyOf(tombstones));
    }

    private static @Nullable SourceRow row(Feed feed, String line, long number) {
        String[] parts = line.split(SEPARATOR, -1);
        if (parts.length != feed.key().size()) {
            return null;
        }
        Map<String, String> values = new HashMap<>();
        for (int part = 0; part < parts.length; part++) {
            values.put(feed.key().get(part), parts[part].strip());
        }
        List<@Nullable Object> fields = new ArrayList<>();
        for (Feed.Column column : feed.columns()) {
            String value = values.get(column.name());
            fields.add(value == null || value.isEmpty() ? null : column.transformed(value));
        }
        return new SourceRow(number, fields.size(), fields, 0, false);
    }

    /**
     * Values of pseudonymised columns, of any feed: people or cases.
     *
     * @param lines one value each
     * @throws FpwException with {@code CONFIGURATION} if no feed has such a column
     */
    public static ErasureInput ofValues(Force force, Pseudonymiser pseudonymiser, List<String> lines) {
        List<Feed.Column> columns = force.feeds().stream()
                .flatMap(feed -> feed.columns().stream())
                .filter(column -> column.privacy() == Feed.Privacy.PSEUDONYMISE)
                .toList();
        if (columns.isEmpty()) {
            throw FpwException.configuration("no feed of the force has a pseudonymised column (privacy: pseudonymise), "
                    + "by which a person or case could be found; give keys of rows instead (--feed, --key-file)");
        }
        Set<String> readings = columns.stream().map(Feed.Column::reading).collect(Collectors.toSet());
        Set<String> pseudonyms = new HashSet<>();
        Set<String> words = new HashSet<>();
        Set<Tombstones.Erased> tombstones = new LinkedHashSet<>();
        for (String line : lines) {
            words.add(line.strip());
            for (Feed.Column column : columns) {
                String value = column.transformed(line.strip());
                if (!value.isEmpty()) {
                    words.add(value);
                    pseudonyms.add(pseudonymiser.apply(value));
                    tombstones.add(new Tombstones.Erased(null, value, readings));
                }
            }
        }
        return new ErasureInput(new Erasing.Rows(Map.of(), pseudonyms), words, List.copyOf(tombstones));
    }

    /** The lines of a text that are not empty. */
    public static List<String> lines(String text) {
        return Arrays.stream(text.split("\\R", -1))
                .filter(line -> !line.isBlank())
                .toList();
    }

    /** Contains nothing of what is erased. */
    @Override
    public String toString() {
        return rows.toString();
    }
}
