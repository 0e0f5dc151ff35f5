package uk.fpw.ingest.parquet;

import java.io.IOException;
import java.nio.file.Path;
import java.util.function.BiConsumer;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;

/** Writes Parquet files for tests. */
public final class TestParquet {

    private TestParquet() {}

    /**
     * A list of exhibits as a profile meets it: 40 rows with a reference, a kind, a day, a time, a weight, a truth
     * value, a date of birth, numbers in a text, and two columns that no feed can read.
     */
    public static Path list(Path file) throws IOException {
        return write(
                file,
                "message list { required binary ref (STRING); optional binary kind (STRING); required int32 opened "
                        + "(DATE); required int64 at_time (TIMESTAMP(MICROS,true)); optional double weight; required "
                        + "boolean closed; optional int32 born (DATE); required binary beds (STRING); optional int96 "
                        + "old_time; optional group place { required int32 x; } }",
                CompressionCodecName.SNAPPY,
                40,
                (group, row) -> {
                    group.append("ref", "R/" + row)
                            .append("opened", 20_000 + row)
                            .append("at_time", 1_750_000_000_000_000L + row)
                            .append("closed", row > 20)
                            .append("beds", "" + row % 3);
                    if (row % 4 > 0) {
                        group.append("kind", row % 2 == 0 ? "phone" : "tablet")
                                .append("weight", row + 0.25)
                                .append("born", 4_000 + row);
                    }
                });
    }

    /** A file with a number of rows, each filled according to its 0-based number. */
    public static Path write(
            Path file, String schema, CompressionCodecName codec, int rows, BiConsumer<Group, Integer> fill)
            throws IOException {
        MessageType type = MessageTypeParser.parseMessageType(schema);
        try (ParquetWriter<Group> writer = ExampleParquetWriter.builder(new LocalOutputFile(file))
                .withType(type)
                .withCompressionCodec(codec)
                .withRowGroupSize(8L << 20)
                .withWriteMode(ParquetFileWriter.Mode.OVERWRITE)
                .build()) {
            for (int row = 0; row < rows; row++) {
                Group group = new SimpleGroup(type);
                fill.accept(group, row);
                writer.write(group);
            }
        }
        return file;
    }
}
