package uk.fpw.profile;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import uk.fpw.ingest.file.FeedFile;
import uk.fpw.ingest.parquet.ParquetSchema;
import uk.fpw.ingest.source.ColumnKind;
import uk.fpw.warehouse.failure.ExitCode;
import uk.fpw.warehouse.failure.FpwException;
import uk.fpw.warehouse.force.feed.Feed;
import uk.fpw.warehouse.force.feed.Origin;

/** A Parquet file, read like in a load, with the types of its schema. */
final class ProfiledParquet {

    private ProfiledParquet() {}

    /**
     * See {@link ProfiledSource#of(Path, boolean)}.
     *
     * @param path real path
     */
    static ProfiledSource of(Path path) {
        ParquetSchema schema = schema(path);
        List<String> names = List.copyOf(schema.kinds().keySet());
        if (names.isEmpty()) {
            throw ProfiledFile.refused(
                    path, "has no column that a feed can read", "ask the source for plain columns, not nested ones");
        }
        List<Feed.Type> declared = new ArrayList<>();
        schema.kinds().values().stream().map(ColumnKind::declaredType).forEach(declared::add);
        FeedFile file = file(
                path,
                names,
                schema.unreadable().keySet(),
                declared.stream()
                        .map(type -> Objects.requireNonNullElse(type, Feed.Type.TEXT))
                        .toList());
        return new ProfiledSource(
                file.name(), ProfiledSource.Kind.PARQUET, names, declared, null, null, schema.unreadable(), file::open);
    }

    private static ParquetSchema schema(Path path) {
        try {
            return ParquetSchema.of(file(path, List.of("any"), Set.of(), List.of(Feed.Type.TEXT)));
        } catch (FpwException failed) {
            throw failed.exitCode() == ExitCode.BAD_DATA
                    ? FpwException.configuration(String.valueOf(failed.getMessage()), failed)
                    : failed;
        }
    }

    private static FeedFile file(Path path, List<String> names, Set<String> ignored, List<Feed.Type> types) {
        return new FeedFile(
                ProfiledFile.feed(
                        path,
                        new Origin.Format("parquet", Map.of("null_markers", List.of())),
                        ignored,
                        names,
                        types::get),
                path,
                true);
    }
}
