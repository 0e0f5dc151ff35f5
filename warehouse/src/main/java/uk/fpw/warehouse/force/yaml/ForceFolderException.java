package uk.fpw.warehouse.force.yaml;

import java.util.List;
import java.util.stream.Collectors;

/** A folder that cannot be used as a force folder, with every mistake found in it. */
public final class ForceFolderException extends RuntimeException {

    private final transient List<Mistake> mistakes;

    /**
     * Reports the mistakes.
     *
     * @param mistakes at least one, in the order of files and lines
     */
    public ForceFolderException(List<Mistake> mistakes) {
        super(mistakes.stream().map(Mistake::toString).collect(Collectors.joining("\n")));
        this.mistakes = List.copyOf(mistakes);
    }

    /** Every mistake, in the order of files and lines. */
    public List<Mistake> mistakes() {
        return mistakes;
    }
}
