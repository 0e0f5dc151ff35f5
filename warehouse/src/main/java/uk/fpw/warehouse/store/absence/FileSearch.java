package uk.fpw.warehouse.store.absence;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;

/**
 * Searches every file of some folders, and their names, for texts that must be nowhere. Links are not followed. The
 * result names files, but no text.
 */
public final class FileSearch {

    private FileSearch() {}

    /**
     * A place where texts were found.
     *
     * @param place file, or table of a database
     * @param count number of occurrences; in a compressed file, also of those in its uncompressed parts
     */
    public record Hit(String place, long count) {}

    /**
     * A place that was not searched completely, so that nothing is proved about it.
     *
     * @param place file, or table of a database
     * @param reason why, to follow the place in a sentence
     */
    public record Gap(String place, String reason) {}

    /**
     * What was found.
     *
     * @param hits in the order in which they were searched
     * @param gaps in the order in which they were searched
     * @param searchedCount number of files, or tables of a database
     */
    public record Result(List<Hit> hits, List<Gap> gaps, long searchedCount) {

        public Result {
            hits = List.copyOf(hits);
            gaps = List.copyOf(gaps);
        }

        /** Whether everything was searched and nothing was found. */
        public boolean isProof() {
            return hits.isEmpty() && gaps.isEmpty();
        }

        /** Both results. */
        public Result and(Result other) {
            List<Hit> allHits = new ArrayList<>(hits);
            allHits.addAll(other.hits);
            List<Gap> allGaps = new ArrayList<>(gaps);
            allGaps.addAll(other.gaps);
            return new Result(allHits, allGaps, searchedCount + other.searchedCount);
        }
    }

    /**
     * Searches folders and files; one that does not exist contains nothing.
     *
     * @param places folders, with everything in them, or single files
     */
    public static Result search(Needles needles, Collection<Path> places) {
        Visitor visitor = new Visitor(new FileContents(needles));
        for (Path place : new LinkedHashSet<>(places)) {
            if (Files.exists(place)) {
                visitor.walk(place);
            }
        }
        return new Result(visitor.hits, visitor.gaps, visitor.count);
    }

    private static final class Visitor extends SimpleFileVisitor<Path> {

        private final FileContents contents;
        private final List<Hit> hits = new ArrayList<>();
        private final List<Gap> gaps = new ArrayList<>();
        private long count;

        Visitor(FileContents contents) {
            this.contents = contents;
        }

        void walk(Path place) {
            try {
                Files.walkFileTree(place.toRealPath(), this);
            } catch (IOException failed) {
                gaps.add(new Gap(
                        place.toString(), "cannot be read (" + failed.getClass().getSimpleName() + ")"));
            }
        }

        @Override
        public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            name(folder, 0);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            count++;
            if (attributes.isSymbolicLink()) {
                name(file, contents.search(Files.readSymbolicLink(file).toString()));
            } else if (attributes.isRegularFile()) {
                try {
                    FileContents.Searched searched = contents.search(file);
                    name(file, searched.count());
                    searched.unsearched().forEach(reason -> gaps.add(new Gap(file.toString(), reason)));
                } catch (NoSuchFileException deletedMeanwhile) {
                    count--;
                }
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException failed) {
            if (!(failed instanceof NoSuchFileException)) {
                gaps.add(new Gap(
                        file.toString(), "cannot be read (" + failed.getClass().getSimpleName() + ")"));
            }
            return FileVisitResult.CONTINUE;
        }

        private void name(Path file, long inside) {
            Path last = file.getFileName();
            long inName = last == null ? 0 : contents.search(last.toString());
            if (inName > 0) {
                hits.add(new Hit(
                        file.resolveSibling("(a file whose name contains it)").toString(), inName + inside));
            } else if (inside > 0) {
                hits.add(new Hit(file.toString(), inside));
            }
        }
    }
}
