package uk.fpw.ingest.file;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import uk.fpw.warehouse.failure.FpwException;
import uk.fpw.warehouse.force.feed.FileFormats;
import uk.fpw.warehouse.force.feed.Origin;

/** The connectors on the class path. */
final class FileConnectors {

    private static final Map<String, FileConnector> BY_KIND = find();

    private FileConnectors() {}

    /** The connector for a format. */
    static FileConnector of(Origin.Format format) {
        FileConnector connector = BY_KIND.get(format.kind());
        if (connector == null) {
            throw FpwException.configuration("format.kind: '" + format.kind() + "' is not one of "
                    + String.join(", ", BY_KIND.keySet()) + "; use one of them");
        }
        return connector;
    }

    private static Map<String, FileConnector> find() {
        Map<String, FileConnector> found = new TreeMap<>();
        FileFormats.find().byKind().forEach((kind, format) -> {
            if (format instanceof FileConnector connector) {
                found.put(kind, connector);
            }
        });
        return Collections.unmodifiableMap(found);
    }
}
