package uk.fpw.warehouse.store.files;

import java.util.Map;
import org.apache.iceberg.io.FileIO;

/** What opens object stores; found as a service, in libraries that only warehouses with such a store load. */
public interface ObjectStoreProvider {

    /** Opens the store with properties of {@link ObjectStoreProperties}. */
    ObjectStore open(Map<String, String> properties);

    /** File access for Iceberg, initialized with the properties of a catalog. */
    FileIO files(Map<String, String> catalogProperties);
}
