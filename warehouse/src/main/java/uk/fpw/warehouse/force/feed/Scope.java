package uk.fpw.warehouse.force.feed;

import java.util.List;

/**
 * Which rows of a feed are within the force's remit. Other rows are loaded but not counted in any figure.
 *
 * @param where Spark SQL over the fixed columns, true for rows in scope; null counts as in scope
 * @param fixed columns whose values, according to the feed, never change
 */
public record Scope(String where, List<String> fixed) {}
