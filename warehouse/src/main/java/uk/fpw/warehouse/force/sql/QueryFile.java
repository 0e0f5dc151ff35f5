package uk.fpw.warehouse.force.sql;

import java.nio.file.Path;
import java.util.Map;
import uk.fpw.warehouse.force.yaml.DefinitionFile;
import uk.fpw.warehouse.force.yaml.FolderFiles;

/** Reads the query in the SQL file beside a definition. */
public final class QueryFile {

    /** Name of the record component for the text of the query. */
    public static final String SQL = "sql";

    /** Name of the record component for the path of the SQL file. */
    public static final String PATH = "sqlFile";

    private QueryFile() {}

    /** Reads a definition together with the query beside it. */
    public static <T> T bind(DefinitionFile definition, FolderFiles files, Path folder, Class<T> type) {
        String file = definition.file().replaceFirst("[.]yml$", ".sql");
        String sql = files.text(file);
        return definition.as(type, Map.of(SQL, sql == null ? "" : sql, PATH, folder.resolve(file)));
    }
}
