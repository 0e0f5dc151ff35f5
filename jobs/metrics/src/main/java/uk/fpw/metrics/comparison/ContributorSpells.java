package uk.fpw.metrics.comparison;

import java.util.List;

/**
 * A number of contributors whose spells have the same days.
 *
 * @param spells all spells of each of them, one by one
 */
record ContributorSpells(List<SpellDays> spells, long contributors) {}
