package uk.fpw.warehouse.force;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** {@code connections.yml} as it is written. */
record ConnectionsYaml(List<Entry> connections) {

    List<Force.Connection> in(Path folder) {
        return connections.stream().map(entry -> entry.in(folder)).toList();
    }

    /** A folder of files, which has a path, or a database, which has the other fields. */
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

        Force.Connection in(Path folder) {
            return path != null
                    ? new Force.FileDrop(name, folder.resolve(path).normalize())
                    : new Force.Database(
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
