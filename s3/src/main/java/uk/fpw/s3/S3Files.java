package uk.fpw.s3;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.apache.iceberg.aws.s3.S3FileIO;

/** Iceberg's access to files of an object store. Instantiated by Iceberg by class name. */
public final class S3Files extends S3FileIO {

    private static final long serialVersionUID = 1L;

    private static final String STAGING = "s3.staging-dir";

    /** Variable in which an executor of a cluster has its folders, separated by commas, which Spark deletes. */
    private static final String OF_EXECUTOR = "SPARK_EXECUTOR_DIRS";

    /** Keeps no setting of the catalog's database: what a table's files need is sent to every executor. */
    @Override
    public void initialize(Map<String, String> properties) {
        Map<String, String> ofFiles = new HashMap<>(properties);
        ofFiles.keySet().removeIf(name -> name.equals("uri") || name.startsWith("jdbc."));
        super.initialize(ofFiles);
    }

    /** On an executor of another machine, files are put together in its own folder before they are sent. */
    private Object readResolve() {
        String folders = System.getenv(OF_EXECUTOR);
        if (folders == null || folders.isBlank()) {
            return this;
        }
        Map<String, String> here = new HashMap<>(properties());
        here.put(STAGING, Path.of(folders.replaceFirst(",.*", ""), "s3").toString());
        S3Files files = new S3Files();
        files.initialize(here);
        return files;
    }
}
