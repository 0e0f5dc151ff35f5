package uk.fpw.nightly.cli.keep;

import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import uk.fpw.ingest.ErasureInput;
import uk.fpw.nightly.run.database.WarehouseDatabase;
import uk.fpw.text.Plural;
import uk.fpw.warehouse.failure.DatabaseErrors;
import uk.fpw.warehouse.failure.ExitCode;
import uk.fpw.warehouse.failure.FpwException;
import uk.fpw.warehouse.force.Force;
import uk.fpw.warehouse.store.absence.DatabaseSearch;
import uk.fpw.warehouse.store.absence.FileSearch;
import uk.fpw.warehouse.store.absence.Needles;

/**
 * Searches a warehouse, its database and other places for what is to be nowhere after an erasure. Changes nothing, and
 * names places but no value.
 */
final class AbsenceSearch {

    private final Needles needles;
    private final List<Path> places;

    private AbsenceSearch(Needles needles, List<Path> places) {
        this.needles = needles;
        this.places = places;
    }

    /**
     * A search for what is given: values and keys as the source writes them, and as tables contain them.
     *
     * @param inputs the same for each format of pseudonyms
     * @param also other folders and files to be searched
     */
    static AbsenceSearch of(Force.Storage storage, Collection<ErasureInput> inputs, List<Path> also) {
        Set<String> texts = new HashSet<>();
        Set<String> pseudonyms = new HashSet<>();
        for (ErasureInput input : inputs) {
            texts.addAll(input.words());
            input.rows().keys().values().forEach(texts::addAll);
            pseudonyms.addAll(input.rows().pseudonyms());
        }
        List<Path> places = new ArrayList<>(List.of(storage.warehouse()));
        places.addAll(WarehouseDatabase.filesElsewhere(storage));
        places.addAll(also);
        return new AbsenceSearch(Needles.of(texts, pseudonyms), places);
    }

    /** Fails with {@code CONFIGURATION} if one of the places does not exist, since nothing would be found there. */
    static void requireThere(List<Path> also) {
        also.stream().filter(place -> !Files.exists(place)).findFirst().ifPresent(missing -> {
            throw FpwException.configuration(
                    "--also " + missing + ": there is no such file or folder. Nothing was changed");
        });
    }

    /** Searches the rows of the database, and on PostgreSQL its files, if they are on this machine. */
    FileSearch.Result rows(HikariDataSource dataSource) {
        try (Connection connection = dataSource.getConnection()) {
            return DatabaseSearch.search(needles, connection);
        } catch (SQLException failed) {
            throw FpwException.unavailable(
                    "the database was not searched: " + DatabaseErrors.reason(failed) + "; run fpw erase --search",
                    failed);
        }
    }

    /** Searches all files; the database is closed. */
    FileSearch.Result files() {
        return FileSearch.search(needles, places);
    }

    /**
     * Prints what was searched, found, and not searched.
     *
     * @param rows what was found in the database
     * @throws FpwException with {@code DAMAGED} if anything was found
     */
    void report(FileSearch.Result rows, FileSearch.Result files, Consumer<String> line) {
        FileSearch.Result all = rows.and(files);
        line.accept("Searched every byte of " + Plural.grouped(files.searchedCount(), "file") + ", and every row of "
                + Plural.grouped(rows.searchedCount(), "table") + " of the database: "
                + (all.hits().isEmpty()
                        ? "nothing was found."
                        : "found in " + Plural.grouped(all.hits().size(), "place") + "."));
        all.hits()
                .forEach(hit ->
                        line.accept("  found: " + hit.place() + " (" + Plural.grouped(hit.count(), "time") + ")"));
        if (needles.tooShortCount() > 0) {
            line.accept("  not searched for: " + Plural.grouped(needles.tooShortCount(), "value") + " of fewer than "
                    + Needles.SHORTEST + " bytes, which would be found in others");
        }
        all.gaps().forEach(gap -> line.accept("  not searched: " + gap.place() + " " + gap.reason()));
        if (all.gaps().stream().anyMatch(gap -> gap.place().equals(DatabaseSearch.DATA_DIRECTORY))) {
            line.accept("Left to you: the files of PostgreSQL: pg_basebackup --pgdata=COPY --wal-method=fetch  # then "
                    + "fpw erase --search --also COPY, and delete COPY");
        }
        if (!all.hits().isEmpty()) {
            throw new FpwException(
                    ExitCode.DAMAGED,
                    "what was searched for is in " + Plural.grouped(all.hits().size(), "place")
                            + " (above). Erase it if that has not been done yet. If it has: for the file of the "
                            + "database run fpw erase --finish, delete what is an export, page or copy, and no other "
                            + "file of the warehouse. It may be part of a longer text about somebody else");
        }
    }
}
