package uk.fpw.s3;

import java.util.Map;
import org.apache.iceberg.io.FileIO;
import uk.fpw.warehouse.store.files.ObjectStore;
import uk.fpw.warehouse.store.files.ObjectStoreProvider;

/** Opens object stores; found by its service. */
public final class S3Provider implements ObjectStoreProvider {

    @Override
    public ObjectStore open(Map<String, String> properties) {
        S3Clients clients = new S3Clients();
        clients.initialize(properties);
        return new S3Objects(clients.s3());
    }

    @Override
    public FileIO files(Map<String, String> catalogProperties) {
        S3Files files = new S3Files();
        files.initialize(catalogProperties);
        return files;
    }
}
