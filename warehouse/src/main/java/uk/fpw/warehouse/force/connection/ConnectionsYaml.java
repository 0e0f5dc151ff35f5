package uk.fpw.warehouse.force.connection;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The content of {@code connections.yml}. */
public record ConnectionsYaml(List<Entry> connections) {

    public List<SourceConnection> in(Path folder) {
        return connections.stream().map(entry -> entry.in(folder)).toList();
    }

    /** A folder of files, which has only a path, or a database, which has the other fields. */
    record Entry(
            String name,
            String kind,
            @Nullable String path,
            @Nullable String url,
            @Nullable String user,
            @Nullable String passwordVariable,
            int fetchRows,
            int timeoutSeconds,
            int maxSessions) {

        public SourceConnection in(Path folder) {
            return path != null
                    ? new SourceConnection.FileDrop(name, folder.resolve(path).normalize())
                    : new SourceConnection.Database(
                            name,
                            Objects.requireNonNull(url).replace(ConnectionCheck.FOLDER, folder.toString()),
                            Objects.requireNonNull(user),
                            Objects.requireNonNullElse(passwordVariable, ""),
                            fetchRows,
                            timeoutSeconds,
                            maxSessions);
        }
    }
}
