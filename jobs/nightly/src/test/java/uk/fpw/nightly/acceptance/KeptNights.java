package uk.fpw.nightly.acceptance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Warehouses after some nights, made once per build for tests that continue from there, and shared by the JVMs that run
 * them. A folder made by any other program, class or resource is made again ({@link RuntimeDigest}).
 */
final class KeptNights {

    /** The first night of the trial force, and those after it. */
    static final LocalDate FIRST = LocalDate.of(2025, 3, 1);

    /** File next to the force of {@link #inARow}: what the command printed. */
    static final String PRINTED = "printed.txt";

    private final Path root;
    private final String digest;

    private static final class OfThisBuild {
        static final KeptNights NIGHTS =
                new KeptNights(Path.of("target", "kept-nights").toAbsolutePath(), RuntimeDigest.ofThisBuild());
    }

    /** Folders below {@code root} that programs with that digest made. */
    KeptNights(Path root, String digest) {
        this.root = root;
        this.digest = digest;
    }

    /** Makes the content of a folder. */
    @FunctionalInterface
    interface Maker {
        void make(Path folder) throws IOException;
    }

    /** A folder that every test may read and none may change. */
    static Path folder(String name, Maker maker) {
        return OfThisBuild.NIGHTS.get(name, maker);
    }

    /** A trial force after its first night, with a warehouse of its own. */
    static TrialForce first(Installation fpw, Path folder) {
        return copy(fpw, under(folder), folder("first", made -> {
            TrialForce force = TrialForce.in(made).drop(FIRST);
            Installation.here(made)
                    .succeed("nightly", "--force", force.folder().toString(), "--date", FIRST.toString());
        }));
    }

    /** A trial force after three nights that one command ran, with a warehouse of its own. */
    static TrialForce inARow(Installation fpw, Path folder) {
        return copy(fpw, under(folder), inARow());
    }

    /** The same for reading only: its releases by {@code fpw query}, and its files. */
    static Path inARow() {
        return folder("in-a-row", made -> {
            TrialForce force = TrialForce.in(made);
            for (int night = 0; night < 3; night++) {
                force.drop(FIRST.plusDays(night));
            }
            Installation.Outcome nights = Installation.here(made)
                    .succeed(
                            "nightly",
                            "--force",
                            force.folder().toString(),
                            "--from",
                            FIRST.toString(),
                            "--to",
                            FIRST.plusDays(2).toString());
            Files.writeString(made.resolve(PRINTED), nights.out());
        });
    }

    private static Path under(Path folder) {
        try {
            return folder.toRealPath().resolve("kept");
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Copies a kept force with its warehouse into a folder. */
    static TrialForce copy(Installation fpw, Path folder, Path kept) {
        TrialForce force =
                TrialForce.existing(TestForceFolders.copy(kept, folder).resolve("force"));
        fpw.succeed("trust", "--force", force.folder().toString());
        fpw.succeed("relocate", "--force", force.folder().toString());
        return force;
    }

    /** The folder of that name; one JVM makes it for all if these programs have not made it yet. */
    Path get(String name, Maker maker) {
        Path made = root.resolve(digest).resolve(name);
        synchronized (KeptNights.class) {
            try {
                Files.createDirectories(root);
                try (FileChannel lock = FileChannel.open(
                                root.resolve(name + ".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                        var held = lock.lock()) {
                    if (held.isValid() && !Files.exists(made)) {
                        discardOthers();
                        Files.createDirectories(made.getParent());
                        Path unfinished = Files.createTempDirectory(root, "unfinished-");
                        maker.make(unfinished);
                        Files.move(unfinished, made, StandardCopyOption.ATOMIC_MOVE);
                    }
                }
                return made;
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
        }
    }

    /** Deletes what other programs made. */
    private void discardOthers() throws IOException {
        try (Stream<Path> entries = Files.list(root)) {
            for (Path entry : entries.filter(Files::isDirectory)
                    .filter(entry -> !entry.endsWith(digest))
                    .filter(entry -> !entry.getFileName().toString().startsWith("unfinished-"))
                    .toList()) {
                try (Stream<Path> files = Files.walk(entry)) {
                    List<Path> all = files.sorted(Comparator.reverseOrder()).toList();
                    for (Path file : all) {
                        Files.delete(file);
                    }
                }
            }
        }
    }
}
