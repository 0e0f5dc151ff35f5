package uk.fpw.warehouse.force.yaml;

/**
 * One error in a force folder, to be shown to its author.
 *
 * @param file path relative to the force folder
 * @param line line in the file, counted from 1; 0 if the error concerns the whole file
 * @param field dotted path of the field, such as {@code columns[2].type}; empty if none
 * @param problem what is wrong
 * @param remedy what to do
 */
public record ConfigError(String file, int line, String field, String problem, String remedy) {

    /**
     * Text such as
     * {@code feeds/requests.yml:12: columns[2].type: 'date-time' is not a type; use one of text, whole, ...}.
     */
    @Override
    public String toString() {
        return file + (line > 0 ? ":" + line : "") + ": " + (field.isEmpty() ? "" : field + ": ") + problem + "; "
                + remedy;
    }
}
