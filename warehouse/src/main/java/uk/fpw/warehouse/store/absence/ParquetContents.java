package uk.fpw.warehouse.store.absence;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.impl.ColumnReadStoreImpl;
import org.apache.parquet.column.page.DataPage;
import org.apache.parquet.column.page.DataPageV1;
import org.apache.parquet.column.page.DataPageV2;
import org.apache.parquet.column.page.DictionaryPage;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.column.page.PageReader;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.io.LocalInputFile;
import org.apache.parquet.io.api.Converter;
import org.apache.parquet.io.api.GroupConverter;
import org.apache.parquet.io.api.PrimitiveConverter;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;

/**
 * Searches the pages and dictionaries of a Parquet file, one column of one row group at a time. Where an encoding
 * splits values, each value is searched too. The footer, with its statistics, is not compressed.
 */
final class ParquetContents {

    private static final Set<Encoding> SPLITTING = Set.of(Encoding.DELTA_BYTE_ARRAY, Encoding.BYTE_STREAM_SPLIT);

    private static final Set<PrimitiveTypeName> BYTES =
            Set.of(PrimitiveTypeName.BINARY, PrimitiveTypeName.FIXED_LEN_BYTE_ARRAY);

    private ParquetContents() {}

    static void search(Path file, ByteSearch search) throws IOException {
        try (ParquetFileReader reader = ParquetFileReader.open(
                new LocalInputFile(file), ParquetReadOptions.builder().build())) {
            MessageType schema = reader.getFileMetaData().getSchema();
            String createdBy = reader.getFileMetaData().getCreatedBy();
            for (ColumnDescriptor column : schema.getColumns()) {
                reader.setRequestedSchema(List.of(column));
                List<BlockMetaData> groups = reader.getRowGroups();
                for (int group = 0; group < groups.size(); group++) {
                    long count;
                    try (PageReadStore pages = reader.readRowGroup(group)) {
                        count = pages(pages.getPageReader(column), search);
                    }
                    if (BYTES.contains(column.getPrimitiveType().getPrimitiveTypeName())
                            && isSplit(groups.get(group), column)) {
                        try (PageReadStore pages = reader.readRowGroup(group)) {
                            MessageType one = new MessageType(schema.getName(), schema.getFields());
                            values(
                                    new ColumnReadStoreImpl(pages, new NoGroup(), one, createdBy)
                                            .getColumnReader(column),
                                    column,
                                    count,
                                    search);
                        }
                    }
                }
            }
        }
    }

    private static boolean isSplit(BlockMetaData group, ColumnDescriptor column) {
        for (ColumnChunkMetaData chunk : group.getColumns()) {
            if (List.of(chunk.getPath().toArray()).equals(List.of(column.getPath()))) {
                return chunk.getEncodings().stream().anyMatch(SPLITTING::contains);
            }
        }
        return false;
    }

    /** Returns the number of values, including nulls. */
    private static long pages(PageReader pages, ByteSearch search) throws IOException {
        long count = 0;
        DictionaryPage dictionary = pages.readDictionaryPage();
        if (dictionary != null) {
            add(search, dictionary.getBytes());
        }
        for (DataPage page = pages.readPage(); page != null; page = pages.readPage()) {
            add(search, page instanceof DataPageV1 one ? one.getBytes() : ((DataPageV2) page).getData());
            count += page.getValueCount();
        }
        return count;
    }

    private static void add(ByteSearch search, BytesInput bytes) throws IOException {
        byte[] part = new byte[1 << 16];
        try (InputStream in = bytes.toInputStream()) {
            for (int length = in.read(part); length >= 0; length = in.read(part)) {
                search.add(part, 0, length);
            }
        }
        search.end();
    }

    private static void values(ColumnReader values, ColumnDescriptor column, long count, ByteSearch search) {
        for (long i = 0; i < count; i++) {
            if (values.getCurrentDefinitionLevel() == column.getMaxDefinitionLevel()) {
                FileContents.add(search, values.getBinary().toByteBuffer());
            }
            values.consume();
        }
    }

    /** Rows are not assembled. */
    private static final class NoGroup extends GroupConverter {

        @Override
        public Converter getConverter(int field) {
            return new NoValue();
        }

        @Override
        public void start() {}

        @Override
        public void end() {}
    }

    /** Also stands for a group, so that a column of any depth has a converter. */
    private static final class NoValue extends PrimitiveConverter {

        @Override
        public GroupConverter asGroupConverter() {
            return new NoGroup();
        }
    }
}
