package uk.fpw.nightly.acceptance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import uk.fpw.warehouse.force.Force;
import uk.fpw.warehouse.force.ForceFolder;

/** Copies of the force folders, and their expected results. */
final class TestForceFolders {

    private TestForceFolders() {}

    /** Copies a folder of {@code src/test/resources/acceptance}. */
    static Path copyOfResource(String name, Path target) {
        return copy(resource(name), target);
    }

    /** Copies a folder with everything in it; links stay links. */
    static Path copy(Path source, Path target) {
        try (Stream<Path> entries = Files.walk(source)) {
            for (Path entry : entries.toList()) {
                Path copy = target.resolve(source.relativize(entry).toString());
                if (Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)) {
                    Files.createDirectories(copy);
                } else {
                    Files.copy(entry, copy, LinkOption.NOFOLLOW_LINKS);
                }
            }
            return target;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** The rows of a CSV file without quotes, each as a map from header to text. */
    static List<Map<String, String>> table(String resource) {
        List<String> lines = lines(resource);
        String[] header = lines.get(0).split(",", -1);
        List<Map<String, String>> rows = new ArrayList<>();
        for (String line : lines.subList(1, lines.size())) {
            String[] fields = line.split(",", -1);
            Map<String, String> row = new LinkedHashMap<>();
            for (int field = 0; field < header.length; field++) {
                row.put(header[field], fields[field]);
            }
            rows.add(row);
        }
        return rows;
    }

    static List<String> lines(String resource) {
        try {
            return Files.readAllLines(resource(resource));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    static Path resource(String name) {
        URL found = TestForceFolders.class.getResource("/acceptance/" + name);
        if (found == null) {
            throw new IllegalStateException("no test resource acceptance/" + name);
        }
        try {
            return Path.of(found.toURI());
        } catch (URISyntaxException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Id of the load of a feed for a date. */
    static String load(Path force, String feed, String date) {
        Force.Storage storage = ForceFolder.read(force).storage();
        try (Connection connection = DriverManager.getConnection(storage.jdbcUrl(), storage.jdbcUser(), "");
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select load_id from ops.feed_load where feed = '" + feed
                        + "' and business_date = date '" + date + "' and status = 'loaded'")) {
            rows.next();
            return rows.getString(1);
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
    }
}
