package uk.fpw.warehouse.store.schema;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.flywaydb.core.api.FlywayException;
import uk.fpw.model.Models;
import uk.fpw.warehouse.failure.FpwException;

/**
 * The names that views of {@code bi_detail} had in {@code bi} in earlier versions, as far as a database still has them.
 * Migrations keep them and never create them, so that once dropped they stay away.
 */
public final class OldViewNames {

    private final DataSource dataSource;
    private final List<PublishedView> candidates;

    /** The old names in a database, H2 or PostgreSQL. */
    public OldViewNames(DataSource dataSource) {
        this(dataSource, PublishedViews.of(Models.marts(), Models.toolViews()));
    }

    OldViewNames(DataSource dataSource, List<PublishedView> views) {
        this.dataSource = dataSource;
        this.candidates = views.stream().filter(PublishedView::isOld).toList();
    }

    /**
     * Qualified names, such as {@code bi.queue_monthly}, sorted; empty if there are none, or if no run of this version
     * has upgraded the database, whose names in {@code bi} are then its only ones.
     */
    public List<String> existing() {
        try (Connection connection = dataSource.getConnection()) {
            return existing(ExistingSchema.of(connection)).stream().sorted().toList();
        } catch (SQLException failed) {
            throw new FlywayException("the views could not be read: " + failed.getMessage(), failed);
        }
    }

    private List<String> existing(ExistingSchema shape) {
        return candidates.stream()
                .filter(view -> view.reads().stream().allMatch(shape::has))
                .map(PublishedView::qualifiedName)
                .filter(shape::has)
                .toList();
    }

    /**
     * Drops them, on PostgreSQL all or none.
     *
     * @return what was dropped, sorted
     * @throws FpwException with {@code CONFIGURATION} if a view of somebody else reads one of them; nothing is dropped
     */
    public List<String> drop() {
        try (Connection connection = dataSource.getConnection()) {
            ExistingSchema shape = ExistingSchema.of(connection);
            List<String> names = new ArrayList<>(existing(shape));
            refuseIfRead(shape, names);
            Collections.reverse(names); // readers first, if an upgrade was interrupted between them
            connection.setAutoCommit(false);
            try (Statement statement = connection.createStatement()) {
                for (String name : names) {
                    statement.execute("drop view " + PortableSql.qualified(name));
                }
                connection.commit();
            } finally {
                connection.rollback();
                connection.setAutoCommit(true);
            }
            return names.stream().sorted().toList();
        } catch (SQLException failed) {
            throw new FlywayException("the old names could not be dropped: " + failed.getMessage(), failed);
        }
    }

    private static void refuseIfRead(ExistingSchema shape, List<String> names) {
        Set<String> readers = names.stream()
                .flatMap(name -> shape.readersOf(name).stream()
                        .filter(reader -> !names.contains(reader))
                        .map(reader -> reader + " reads " + name))
                .collect(Collectors.toCollection(TreeSet::new));
        if (!readers.isEmpty()) {
            throw FpwException.configuration("no old name was dropped, since other views read some: "
                    + String.join(", ", readers) + "; create them again over bi or bi_detail, and try again");
        }
    }
}
