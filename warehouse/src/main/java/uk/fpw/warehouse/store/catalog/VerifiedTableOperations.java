package uk.fpw.warehouse.store.catalog;

import org.apache.iceberg.BaseMetastoreOperations;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableMetadataParser;
import org.apache.iceberg.TableOperations;
import org.apache.iceberg.encryption.EncryptionManager;
import org.apache.iceberg.exceptions.CommitStateUnknownException;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.io.LocationProvider;
import org.apache.iceberg.jdbc.UncheckedSQLException;
import uk.fpw.warehouse.failure.FpwException;

/**
 * Table operations that check the outcome of a commit if the database failed during it. If the table has the new
 * metadata, the commit succeeded. Otherwise the outcome is reported to Iceberg as unknown, so that Iceberg neither
 * repeats the commit nor deletes files.
 */
final class VerifiedTableOperations extends BaseMetastoreOperations implements TableOperations {

    private final TableOperations operations;
    private final String table;

    VerifiedTableOperations(TableOperations operations, String table) {
        this.operations = operations;
        this.table = table;
    }

    @Override
    public void commit(TableMetadata base, TableMetadata metadata) {
        try {
            operations.commit(base, metadata);
        } catch (UncheckedSQLException failed) {
            String wanted = TableMetadataParser.toJson(metadata);
            CommitStatus status = checkCommitStatus(table, "the commit", metadata.properties(), () -> {
                TableMetadata found = operations.refresh();
                return found != null && TableMetadataParser.toJson(found).equals(wanted);
            });
            if (status != CommitStatus.SUCCESS) {
                throw new UnknownCommit(unknown(failed));
            }
        }
    }

    @Override
    public TableMetadata current() {
        return operations.current();
    }

    @Override
    public TableMetadata refresh() {
        return operations.refresh();
    }

    @Override
    public FileIO io() {
        return operations.io();
    }

    @Override
    public EncryptionManager encryption() {
        return operations.encryption();
    }

    @Override
    public String metadataFileLocation(String fileName) {
        return operations.metadataFileLocation(fileName);
    }

    @Override
    public LocationProvider locationProvider() {
        return operations.locationProvider();
    }

    @Override
    public TableOperations temp(TableMetadata uncommittedMetadata) {
        return operations.temp(uncommittedMetadata);
    }

    @Override
    public long newSnapshotId() {
        return operations.newSnapshotId();
    }

    @Override
    public boolean requireStrictCleanup() {
        return operations.requireStrictCleanup();
    }

    private FpwException unknown(UncheckedSQLException failed) {
        Throwable cause = failed.getCause();
        return FpwException.unavailable(
                table + ": the database failed during a commit ("
                        + (cause == null ? failed.getMessage() : cause.getMessage())
                        + "), and it could not be determined whether the commit succeeded; nothing "
                        + "was deleted. Check that the database works, then try again",
                failed);
    }

    /** Keeps the message of the cause, which is written for users; Iceberg's own text is for programmers. */
    private static final class UnknownCommit extends CommitStateUnknownException {

        private final String words;

        UnknownCommit(FpwException cause) {
            super(cause);
            words = String.valueOf(cause.getMessage());
        }

        @Override
        public String getMessage() {
            return words;
        }
    }
}
