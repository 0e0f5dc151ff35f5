package uk.fpw.ingest.parquet;

import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.column.impl.ColumnReadStoreImpl;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.example.data.simple.convert.GroupRecordConverter;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.hadoop.util.HadoopCodecs;
import org.apache.parquet.io.LocalInputFile;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;
import org.jspecify.annotations.Nullable;
import uk.fpw.ingest.file.DigestedFile;
import uk.fpw.ingest.file.FeedFile;
import uk.fpw.ingest.file.FileHeader;
import uk.fpw.ingest.file.FileTooLarge;
import uk.fpw.ingest.source.Closing;
import uk.fpw.ingest.source.ColumnKind;
import uk.fpw.ingest.source.ContentHash;
import uk.fpw.ingest.source.DisplayText;
import uk.fpw.ingest.source.SourceRow;
import uk.fpw.ingest.source.SourceRows;
import uk.fpw.warehouse.failure.FpwException;
import uk.fpw.warehouse.force.feed.Feed;

/** The rows of a Parquet file, numbered from 1. */
final class ParquetRows implements SourceRows {

    private static final Set<CompressionCodecName> CODECS = Set.of(
            CompressionCodecName.UNCOMPRESSED,
            CompressionCodecName.SNAPPY,
            CompressionCodecName.GZIP,
            CompressionCodecName.ZSTD);

    private static final String REMEDY = "check what the source delivered, and replace it with a complete file";

    private static final FileHeader.Words COLUMNS = new FileHeader.Words(
            "",
            "the columns",
            "the file is not the one that the feed declares",
            "check what the source delivered, or correct each column's 'from'",
            "list new columns under 'columns' or 'ignored'",
            false);

    private final FeedFile file;
    private final DigestedFile digested;
    private final Set<String> nullMarkers;
    private final ParquetFileReader reader;
    private final List<ParquetColumn> columns;
    private final MessageType requested;
    private final int width;
    private final ContentHash contentHash = new ContentHash();
    private List<ColumnReader> values = List.of();
    private long rowsInGroup;
    private long count;

    private ParquetRows(FeedFile file, DigestedFile digested, Set<String> nullMarkers, ParquetFileReader reader) {
        this.file = file;
        this.digested = digested;
        this.nullMarkers = nullMarkers;
        this.reader = reader;
        MessageType schema = reader.getFileMetaData().getSchema();
        int[] positions = FileHeader.positions(
                file, schema.getFields().stream().map(Type::getName).toList(), COLUMNS);
        this.width = schema.getFieldCount();
        List<Type> types = new ArrayList<>();
        for (int position : positions) {
            types.add(schema.getType(position));
        }
        refuseOtherTypes(file, types);
        this.columns = new ArrayList<>();
        for (int index = 0; index < positions.length; index++) {
            columns.add(ParquetColumn.of(types.get(index), file.feed().columns().get(index)));
        }
        this.requested = new MessageType(schema.getName(), types);
        refuseLargeGroups();
        reader.setRequestedSchema(requested);
    }

    static ParquetRows open(FeedFile file, Set<String> nullMarkers) {
        DigestedFile digested = new DigestedFile(file);
        return opened(file, reader -> new ParquetRows(file, digested, nullMarkers, reader));
    }

    /** Opens a file; closes it if the reading fails, and otherwise leaves that to the reading. */
    static <T> T opened(FeedFile file, Function<ParquetFileReader, T> reading) {
        ParquetFileReader reader = null;
        try {
            if (Files.size(file.path()) == 0) {
                throw file.badData("", "the file is empty (0 bytes)", REMEDY);
            }
            reader = ParquetFileReader.open(
                    new LocalInputFile(file.path()),
                    ParquetReadOptions.builder()
                            .withCodecFactory(new BoundedCodecs(HadoopCodecs.newFactory(0), limit()))
                            .usePageChecksumVerification()
                            .build());
            return reading.apply(reader);
        } catch (FpwException failed) {
            Closing.quietly(reader);
            throw failed;
        } catch (IOException failed) {
            Closing.quietly(reader);
            throw failure(file, 0, failed);
        } catch (RuntimeException unsound) {
            Closing.quietly(reader);
            throw corrupt(file, 0, unsound);
        } catch (OutOfMemoryError tooLarge) {
            Closing.quietly(reader);
            throw FileTooLarge.failure(file, tooLarge);
        }
    }

    @Override
    public @Nullable SourceRow next() {
        try {
            while (rowsInGroup == 0) {
                PageReadStore group = reader.readNextRowGroup();
                if (group == null) {
                    return null;
                }
                begin(group);
            }
            rowsInGroup--;
            count++;
            List<@Nullable Object> fields = new ArrayList<>(columns.size());
            for (int index = 0; index < columns.size(); index++) {
                ColumnReader value = values.get(index);
                boolean isThere = value.getCurrentDefinitionLevel()
                        == value.getDescriptor().getMaxDefinitionLevel();
                fields.add(isThere ? columns.get(index).field(value, nullMarkers) : null);
                value.consume();
            }
            return new SourceRow(
                    count,
                    width,
                    Collections.unmodifiableList(fields),
                    contentHash.of(fields).getAsLong(),
                    false);
        } catch (IOException failed) {
            throw failure(file, Math.max(count, 1), failed);
        } catch (BoundedCodecs.PageTooLarge tooLarge) {
            throw tooLarge("a page", tooLarge.size());
        } catch (RuntimeException unsound) {
            throw corrupt(file, Math.max(count, 1), unsound);
        } catch (OutOfMemoryError tooLarge) {
            throw FileTooLarge.failure(file, tooLarge);
        }
    }

    @Override
    public int width() {
        return width;
    }

    @Override
    public String digest() {
        return digested.digest();
    }

    @Override
    public void close() {
        Closing.quietly(reader);
    }

    private void begin(PageReadStore group) {
        ColumnReadStoreImpl store = new ColumnReadStoreImpl(
                group,
                new GroupRecordConverter(requested).getRootConverter(),
                requested,
                reader.getFileMetaData().getCreatedBy());
        List<ColumnReader> readers = new ArrayList<>();
        for (ParquetColumn column : columns) {
            readers.add(store.getColumnReader(
                    requested.getColumnDescription(new String[] {column.type().getName()})));
        }
        values = readers;
        rowsInGroup = group.getRowCount();
    }

    private static void refuseOtherTypes(FeedFile file, List<Type> types) {
        List<String> problems = new ArrayList<>();
        Set<String> remedies = new LinkedHashSet<>();
        for (int index = 0; index < types.size(); index++) {
            Type type = types.get(index);
            Feed.Column declared = file.feed().columns().get(index);
            ColumnKind kind = ParquetColumn.kind(type);
            if (!kind.fits(declared)) {
                problems.add("column " + DisplayText.text(type.getName()) + " is of type " + ParquetColumn.shown(type)
                        + ", but " + file.definition() + " declares " + declared.name() + " as "
                        + declared.type().name().toLowerCase(Locale.ROOT)
                        + (declared.patternText() == null ? "" : " written " + declared.patternText()));
                remedies.add(remedy(type, kind, declared));
            }
        }
        if (!problems.isEmpty()) {
            throw file.badData("", String.join("; ", problems), String.join("; ", remedies));
        }
    }

    private static String remedy(Type type, ColumnKind kind, Feed.Column declared) {
        if (kind != ColumnKind.OTHER) {
            return kind.remedy(declared, "the file", "ask the source to write the declared type");
        }
        String shown = ParquetColumn.shown(type);
        return shown.startsWith("INT96")
                ? "ask the source to write a TIMESTAMP: INT96 does not state whether it is UTC or local time "
                        + "(Spark: spark.sql.parquet.outputTimestampType=TIMESTAMP_MICROS)"
                : "ask the source to write a plain column, or add it to ignored";
    }

    /** A row group is read into memory compressed, and decompressed page by page. */
    private void refuseLargeGroups() {
        Set<String> loaded =
                columns.stream().map(column -> column.type().getName()).collect(Collectors.toSet());
        for (BlockMetaData group : reader.getRowGroups()) {
            long size = 0;
            for (ColumnChunkMetaData chunk : group.getColumns()) {
                if (!loaded.contains(chunk.getPath().toArray()[0])) {
                    continue;
                }
                if (!CODECS.contains(chunk.getCodec())) {
                    throw file.badData(
                            "",
                            "it is compressed with " + chunk.getCodec() + ", which is not supported",
                            "ask the source to compress it with snappy, gzip or zstd");
                }
                size += chunk.getTotalSize();
            }
            if (size > limit()) {
                throw tooLarge("a row group", size);
            }
        }
    }

    /** Maximum size in bytes of a compressed row group or a decompressed page. */
    private static long limit() {
        return Runtime.getRuntime().maxMemory() / 4;
    }

    private FpwException tooLarge(String what, long size) {
        return file.badData(
                "",
                what + " takes " + (size >> 20) + " MiB for the loaded columns, more than the " + (limit() >> 20)
                        + " MiB that are a quarter of this program's memory",
                "ask the source to write smaller row groups, or increase the memory, such as FPW_JAVA_OPTS=-Xmx"
                        + (((size * 4) >> 30) + 1) + "g");
    }

    private static FpwException failure(FeedFile file, long row, IOException failed) {
        // Decoding errors of the library are IOExceptions too, but with another cause.
        boolean isUndecodable = failed.getCause() != null && !(failed.getCause() instanceof IOException);
        return failed instanceof EOFException || isUndecodable
                ? corrupt(file, row, new IllegalStateException(failed))
                : FpwException.unavailable(
                        file.path() + ": cannot be read: " + failed.getMessage() + "; check the storage and run again",
                        failed);
    }

    /** The library's messages may contain values and are not shown. */
    private static FpwException corrupt(FeedFile file, long row, RuntimeException failed) {
        return file.badData(
                row == 0 ? "" : ": row " + row,
                row == 0
                        ? "the content is not a readable Parquet file: it is another kind of "
                                + "file, encrypted, or truncated (for example because it is still being copied)"
                        : "the file is damaged (" + failed.getClass().getSimpleName() + ")",
                REMEDY);
    }
}
