package uk.fpw.warehouse.force.sql;

import java.nio.file.Path;
import java.util.Map;
import uk.fpw.warehouse.force.yaml.DefinitionFile;
import uk.fpw.warehouse.force.yaml.FolderFiles;

/** The query that stands beside a definition, in a file of the same name. */
public final class QueryFile {

    /** Name under which a record takes the text of the query beside its definition. */
    public static final String SQL = "sql";

    /** Name under which a record takes the path of the file of the query. */
    public static final String PATH = "sqlFile";

    private QueryFile() {}

    /** The record of a definition with the query beside it. */
    public static <T> T bind(DefinitionFile definition, FolderFiles files, Path folder, Class<T> type) {
        String file = definition.file().replaceFirst("[.]yml$", ".sql");
        String sql = files.text(file);
        return definition.as(type, Map.of(SQL, sql == null ? "" : sql, PATH, folder.resolve(file)));
    }
}
