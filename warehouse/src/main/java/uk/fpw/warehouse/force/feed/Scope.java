package uk.fpw.warehouse.force.feed;

import java.util.List;

/**
 * Which rows of a feed are about this force's work; the others are loaded and in no figure.
 *
 * @param where Spark SQL over the fixed columns, true for rows in scope; unknown (null) counts as in scope
 * @param fixed columns whose values do not change in the life of a row, as the feed promises
 */
public record Scope(String where, List<String> fixed) {}
