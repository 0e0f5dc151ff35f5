package uk.fpw.warehouse.force;

import java.nio.file.Path;
import java.util.List;

/** Reads a force folder. */
public final class ForceFolder {

    private ForceFolder() {}

    /**
     * Reads and checks the folder.
     *
     * @throws ForceFolderException with every mistake at once
     */
    @SuppressWarnings("DoNotCallSuggester")
    public static Force read(Path folder) {
        throw new ForceFolderException(
                List.of(new Mistake(folder.toString(), 0, "", "reading force folders is not there yet", "wait")));
    }
}
