/**
 * Files of a force folder as they are written: read with the lines of their fields, checked against the JSON Schema of
 * their kind, filled in with its defaults and bound to records; and the errors found on the way. Outside of the
 * definitions only {@link ConfigError} and {@link ForceFolderException} are used.
 *
 * <p>The schemas lie in {@code fpw/schema} and not beside the records: editors are pointed at that place, see
 * {@code docs/force-folder.md}. The lines are our own: the locations that the schema validator can carry are those of
 * values and not of the fields before them, and come from a parser of YAML 1.1.
 */
@NullMarked
package uk.fpw.warehouse.force.yaml;

import org.jspecify.annotations.NullMarked;
