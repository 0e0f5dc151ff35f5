package uk.fpw.warehouse.force.yaml;

import java.util.List;
import java.util.stream.Collectors;

/** A folder that cannot be used as a force folder, with every error found in it. */
public final class ForceFolderException extends RuntimeException {

    private final transient List<ConfigError> errors;

    /**
     * Reports the errors.
     *
     * @param errors at least one, in the order of files and lines
     */
    public ForceFolderException(List<ConfigError> errors) {
        super(errors.stream().map(ConfigError::toString).collect(Collectors.joining("\n")));
        this.errors = List.copyOf(errors);
    }

    /** Every error, in the order of files and lines. */
    public List<ConfigError> errors() {
        return errors;
    }
}
