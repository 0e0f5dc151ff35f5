package uk.fpw.layout.file;

import java.io.IOException;
import java.nio.file.Path;

/** A file of the warehouse is missing or is not what was written. */
public final class DamagedFileException extends IOException {

    private static final long serialVersionUID = 1L;

    private final transient Path file;
    private final String problem;

    /** The file and the problem, such as {@code it is missing}. */
    public DamagedFileException(Path file, String problem) {
        super(file + " is damaged: " + problem);
        this.file = file;
        this.problem = problem;
    }

    /** The file. */
    public Path file() {
        return file;
    }

    /** What is wrong with it. */
    public String problem() {
        return problem;
    }
}
