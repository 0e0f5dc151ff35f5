package uk.fpw.metrics.comparison;

import java.util.List;
import java.util.function.Consumer;

/** The first spells of a queue that were at risk around a change. */
interface SpellsAtRisk {

    /** No spells. */
    SpellsAtRisk NONE = independent(List.of());

    /** Numbers of spells with the same days. */
    List<SpellDays> days();

    /** Gives the spells of every contributor, contributors with the same days together. */
    void forEachContributor(Consumer<ContributorSpells> consumer);

    /** Spells of which each has a contributor of its own. */
    static SpellsAtRisk independent(List<SpellDays> days) {
        return new SpellsAtRisk() {
            @Override
            public List<SpellDays> days() {
                return days;
            }

            @Override
            public void forEachContributor(Consumer<ContributorSpells> consumer) {
                days.forEach(spell -> consumer.accept(new ContributorSpells(
                        List.of(new SpellDays(spell.enteredOn(), spell.observedFromOn(), spell.leftOn(), 1)),
                        spell.count())));
            }
        };
    }
}
