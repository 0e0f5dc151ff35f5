/**
 * Reads the files of a force folder with line numbers, checks them against JSON Schemas, adds defaults, binds them to
 * records, and collects errors. Code outside the definitions uses only {@link ConfigError} and
 * {@link ForceFolderException}.
 *
 * <p>The schemas are in {@code fpw/schema} rather than beside the records, because editors are configured to look
 * there, see {@code docs/force-folder.md}. Line numbers are our own, because the schema validator locates values
 * instead of fields and uses a YAML 1.1 parser.
 */
@NullMarked
package uk.fpw.warehouse.force.yaml;

import org.jspecify.annotations.NullMarked;
