package uk.fpw.report.page;

import java.util.List;

/**
 * A page made of parts below one another.
 *
 * @param introduction what the page is about
 */
public record BlocksModel(List<String> introduction, List<Block> blocks) {}
