package uk.fpw.warehouse.force.yaml;

import java.util.List;
import java.util.stream.Collectors;

/** A folder cannot be used as a force folder; contains all errors found in it. */
public final class ForceFolderException extends RuntimeException {

    private final transient List<ConfigError> errors;

    /**
     * Reports the errors.
     *
     * @param errors at least one, by file and line
     */
    public ForceFolderException(List<ConfigError> errors) {
        super(errors.stream().map(ConfigError::toString).collect(Collectors.joining("\n")));
        this.errors = List.copyOf(errors);
    }

    /** All errors, by file and line. */
    public List<ConfigError> errors() {
        return errors;
    }
}
