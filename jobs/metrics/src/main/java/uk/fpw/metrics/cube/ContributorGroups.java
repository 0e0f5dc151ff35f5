package uk.fpw.metrics.cube;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.function.Consumer;

/**
 * Groups the spells of some blocks by queue and contributor: a hash table whose entries are chains of spells. Visits
 * groups in order of entry, because spells that began at the same time are counted in the same places; any other
 * order would jump around in memory.
 */
final class ContributorGroups {

    private static final int NOTHING = -1;
    private static final long MIX = 0x9E3779B97F4A7C15L;
    private static final int FOLD = 29;

    private final List<SpellBlock> blocks;
    private final int[] blockOf;
    private final int[] indexIn;
    private final int[] next;
    private final int[] first;

    /** The spells in order of entry ({@link KeyedCounts#key} of the day and the spell). */
    private final long[] byEntry;

    /** Position of a spell. */
    record Place(SpellBlock block, int index) {

        /** Value of a slice of the spell. */
        String value(int slice) {
            return block.value(index, slice);
        }
    }

    /** Receives the spells of one contributor in one queue. */
    @FunctionalInterface
    interface Visitor {
        void visit(int queue, List<Place> spells);
    }

    ContributorGroups(List<SpellBlock> blocks) {
        this.blocks = blocks;
        int size = blocks.stream().mapToInt(SpellBlock::size).reduce(0, Math::addExact);
        blockOf = new int[size];
        indexIn = new int[size];
        next = new int[size];
        byEntry = new long[size];
        first = new int[Integer.highestOneBit(Math.max(1, size)) << 2];
        Arrays.fill(first, NOTHING);
        int spell = 0;
        for (int block = 0; block < blocks.size(); block++) {
            for (int index = 0; index < blocks.get(block).size(); index++) {
                blockOf[spell] = block;
                indexIn[spell] = index;
                byEntry[spell] = KeyedCounts.key(blocks.get(block).enteredOn(index), spell);
                insert(spell++);
            }
        }
        Arrays.sort(byEntry);
    }

    private void insert(int spell) {
        int slot = slot(spell);
        while (first[slot] != NOTHING && !isSame(first[slot], spell)) {
            slot = (slot + 1) & (first.length - 1);
        }
        next[spell] = first[slot];
        first[slot] = spell;
    }

    private int slot(int spell) {
        Place place = place(spell);
        long mixed =
                (place.block().contributor(place.index()).low() + place.block().queue(place.index())) * MIX;
        return (int) (mixed >>> FOLD) & (first.length - 1);
    }

    private boolean isSame(int one, int other) {
        Place left = place(one);
        Place right = place(other);
        return left.block().queue(left.index()) == right.block().queue(right.index())
                && left.block().contributor(left.index()).equals(right.block().contributor(right.index()));
    }

    private Place place(int spell) {
        return new Place(blocks.get(blockOf[spell]), indexIn[spell]);
    }

    void forEachSpell(Consumer<Place> visitor) {
        for (long entry : byEntry) {
            visitor.accept(place(KeyedCounts.low(entry)));
        }
    }

    void forEach(Visitor visitor) {
        BitSet isFirst = new BitSet();
        Arrays.stream(first).filter(spell -> spell != NOTHING).forEach(isFirst::set);
        for (long entry : byEntry) {
            int spell = KeyedCounts.low(entry);
            if (isFirst.get(spell)) {
                List<Place> group = new ArrayList<>();
                for (int one = spell; one != NOTHING; one = next[one]) {
                    group.add(place(one));
                }
                visitor.visit(group.get(0).block().queue(group.get(0).index()), group);
            }
        }
    }
}
