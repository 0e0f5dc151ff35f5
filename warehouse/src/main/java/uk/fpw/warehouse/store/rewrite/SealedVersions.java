package uk.fpw.warehouse.store.rewrite;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.types.Types.NestedField;
import org.jspecify.annotations.Nullable;
import uk.fpw.layout.file.FileDigest;
import uk.fpw.text.Sha256;
import uk.fpw.warehouse.privacy.Pseudonymiser;
import uk.fpw.warehouse.store.erasure.ListedErasure;
import uk.fpw.warehouse.store.evidence.EvidenceFolder;
import uk.fpw.warehouse.store.evidence.EvidenceKey;
import uk.fpw.warehouse.store.ledger.Restrictions;
import uk.fpw.warehouse.store.load.row.FeedTables;

/**
 * Writes the versions of rows of feeds that a restriction removes into its sealed file. One JSON object a line: the
 * restriction; each version, with its feed and every column that is not null, among them those that say which load
 * wrote it and when ({@code _load_id}, {@code _known_on}, {@code _loaded_at}, {@code _line}); and the number of
 * versions. A version that is in several files of a table, because these were rewritten, is written once.
 */
final class SealedVersions {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Collection<RewrittenTable> tables;
    private final ErasedRows rows;
    private final Set<String> written = new HashSet<>();

    SealedVersions(Collection<RewrittenTable> tables, ErasedRows rows) {
        this.tables = tables;
        this.rows = rows;
    }

    /**
     * Writes the file, durably, and reads it back.
     *
     * @param key pseudonym key of the warehouse
     */
    Restrictions.Sealed seal(Path warehouse, ListedErasure restriction, Pseudonymiser key) {
        EvidenceKey own = EvidenceKey.create();
        FileDigest digest =
                new EvidenceFolder(warehouse).seal(restriction.erasureId(), own, out -> write(out, restriction, key));
        return new Restrictions.Sealed(
                written.size(),
                digest,
                Pseudonymiser.withoutFormat(String.valueOf(key.fingerprint())),
                own.encrypt(key));
    }

    private void write(OutputStream out, ListedErasure restriction, Pseudonymiser key) throws IOException {
        ListedErasure.Cause cause = restriction.cause();
        line(
                out,
                JSON.createObjectNode()
                        .put("restriction", restriction.erasureId())
                        .put("force", restriction.force())
                        .put("kind", cause.kind())
                        .put("restricted_at", cause.startedAt().toString())
                        .put("restricted_by", cause.by())
                        .put("ground", cause.ground())
                        .put("reason", cause.reason())
                        .put("pseudonym_key", key.fingerprint()));
        for (RewrittenTable table : tables) {
            String feed = ErasedRows.feed(table.name());
            if (feed != null) {
                table.forEach(row -> {
                    if (rows.has(table.name(), row)) {
                        write(out, feed, row);
                    }
                });
            }
        }
        line(out, JSON.createObjectNode().put("versions", written.size()));
    }

    private void write(OutputStream out, String feed, Record row) {
        ObjectNode version = JSON.createObjectNode();
        for (NestedField column : row.struct().fields()) {
            if (!column.name().equals(FeedTables.BUCKET)) {
                put(version, column.name(), row.getField(column.name()));
            }
        }
        ObjectNode line = JSON.createObjectNode().put("feed", feed).set("version", version);
        if (written.add(Sha256.hex(line.toString()))) {
            try {
                line(out, line);
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
        }
    }

    private static void put(ObjectNode version, String column, @Nullable Object value) {
        if (value instanceof Long || value instanceof Integer) {
            version.put(column, ((Number) value).longValue());
        } else if (value instanceof BigDecimal number) {
            version.put(column, number);
        } else if (value instanceof Boolean is) {
            version.put(column, is);
        } else if (value instanceof OffsetDateTime time) {
            version.put(column, time.toInstant().toString());
        } else if (value != null) {
            version.put(column, value.toString());
        }
    }

    private static void line(OutputStream out, ObjectNode line) throws IOException {
        out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
    }
}
