package uk.fpw.metrics.cube;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import uk.fpw.metrics.series.ObservedSpell;
import uk.fpw.metrics.series.QueueSpec;

/**
 * Many observed spells on their way from one task to another, as columns of numbers; each slice value is stored once
 * as text.
 */
public final class SpellBlock implements Serializable {

    private static final int FIRST_SIZE = 64;
    private static final int AGE_KNOWN = 1;
    private static final int WAIT_KNOWN = 2;
    private static final int SERVED = 4;
    private static final int OUT_OF_ORDER = 8;
    private static final int CLOSED_AHEAD = 16;

    private final int slices;
    private final int standards;
    private final Map<String, Integer> numbers = new HashMap<>();
    private final List<String> texts = new ArrayList<>();

    private int size;
    private long[] contributorHigh = new long[FIRST_SIZE];
    private long[] contributorLow = new long[FIRST_SIZE];
    private int[] queue = new int[FIRST_SIZE];
    private byte[] flags = new byte[FIRST_SIZE];
    private int[] reentryReason = new int[FIRST_SIZE];
    private int[] firstEnteredOn = new int[FIRST_SIZE];
    private int[] enteredOn = new int[FIRST_SIZE];
    private int[] leftOn = new int[FIRST_SIZE];
    private int[] exitReason = new int[FIRST_SIZE];
    private int[] reenteredOn = new int[FIRST_SIZE];
    private int[] observedFromOn = new int[FIRST_SIZE];
    private int[] observedToOn = new int[FIRST_SIZE];
    private int[] firstWithValue = new int[FIRST_SIZE];
    private int[] values;
    private int[] dueOn;
    private byte[] outcomes;

    /** An empty block with room for the slices and standards of any of the queues. */
    public SpellBlock(List<QueueSpec> queues) {
        slices = queues.stream()
                .mapToInt(spec -> spec.slices().size() + spec.changing().size())
                .max()
                .orElse(0);
        standards =
                queues.stream().mapToInt(spec -> spec.standards().size()).max().orElse(0);
        values = new int[FIRST_SIZE * slices];
        dueOn = new int[FIRST_SIZE * standards];
        outcomes = new byte[FIRST_SIZE * standards];
    }

    /** Number of spells. */
    public int size() {
        return size;
    }

    /**
     * Adds a spell.
     *
     * @param sliceValues values of the queue's slices in order; for an open spell also the current values
     */
    public void add(ContributorHash contributor, ObservedSpell spell, String[] sliceValues) {
        if (size == queue.length) {
            grow();
        }
        int i = size++;
        contributorHigh[i] = contributor.high();
        contributorLow[i] = contributor.low();
        queue[i] = spell.queue();
        flags[i] = (byte) ((spell.isAgeKnown() ? AGE_KNOWN : 0)
                | (spell.isWaitKnown() ? WAIT_KNOWN : 0)
                | (spell.isServed() ? SERVED : 0)
                | (spell.isOutOfOrder() ? OUT_OF_ORDER : 0)
                | (spell.isClosedAhead() ? CLOSED_AHEAD : 0));
        reentryReason[i] = spell.reentryReason();
        firstEnteredOn[i] = spell.firstEnteredOn();
        enteredOn[i] = spell.enteredOn();
        leftOn[i] = spell.leftOn();
        exitReason[i] = spell.exitReason();
        reenteredOn[i] = spell.reenteredOn();
        observedFromOn[i] = spell.observedFromOn();
        observedToOn[i] = spell.observedToOn();
        firstWithValue[i] = spell.firstWithValue();
        for (int slice = 0; slice < sliceValues.length; slice++) {
            values[i * slices + slice] = numberOf(sliceValues[slice]);
        }
        Arrays.fill(dueOn, i * standards, (i + 1) * standards, QueueSpec.NONE);
        for (ObservedSpell.Measured measured : spell.standards()) {
            dueOn[i * standards + measured.standard()] = measured.dueOn();
            outcomes[i * standards + measured.standard()] =
                    (byte) measured.outcome().number();
        }
    }

    private int numberOf(String text) {
        Integer known = numbers.get(text);
        if (known != null) {
            return known;
        }
        numbers.put(text, texts.size());
        texts.add(text);
        return texts.size() - 1;
    }

    private void grow() {
        resize(queue.length * 2);
    }

    /** Releases unused room; no spell may be added afterwards. */
    public SpellBlock trim() {
        resize(size);
        numbers.clear();
        return this;
    }

    private void resize(int length) {
        contributorHigh = Arrays.copyOf(contributorHigh, length);
        contributorLow = Arrays.copyOf(contributorLow, length);
        queue = Arrays.copyOf(queue, length);
        flags = Arrays.copyOf(flags, length);
        reentryReason = Arrays.copyOf(reentryReason, length);
        firstEnteredOn = Arrays.copyOf(firstEnteredOn, length);
        enteredOn = Arrays.copyOf(enteredOn, length);
        leftOn = Arrays.copyOf(leftOn, length);
        exitReason = Arrays.copyOf(exitReason, length);
        reenteredOn = Arrays.copyOf(reenteredOn, length);
        observedFromOn = Arrays.copyOf(observedFromOn, length);
        observedToOn = Arrays.copyOf(observedToOn, length);
        firstWithValue = Arrays.copyOf(firstWithValue, length);
        values = Arrays.copyOf(values, length * slices);
        dueOn = Arrays.copyOf(dueOn, length * standards);
        outcomes = Arrays.copyOf(outcomes, length * standards);
    }

    /** The contributor behind a spell. */
    ContributorHash contributor(int i) {
        return new ContributorHash(contributorHigh[i], contributorLow[i]);
    }

    /** Position of a spell's queue. */
    int queue(int i) {
        return queue[i];
    }

    /** Day on which a spell began. */
    int enteredOn(int i) {
        return enteredOn[i];
    }

    /** Value of a slice of a spell. */
    String value(int i, int slice) {
        return texts.get(values[i * slices + slice]);
    }

    /** Decodes a spell. */
    ObservedSpell spell(int i) {
        return new ObservedSpell(
                queue[i],
                reentryReason[i],
                (flags[i] & AGE_KNOWN) != 0,
                (flags[i] & WAIT_KNOWN) != 0,
                firstEnteredOn[i],
                enteredOn[i],
                leftOn[i],
                exitReason[i],
                (flags[i] & SERVED) != 0,
                reenteredOn[i],
                observedFromOn[i],
                observedToOn[i],
                firstWithValue[i],
                (flags[i] & OUT_OF_ORDER) != 0,
                (flags[i] & CLOSED_AHEAD) != 0,
                standards(i));
    }

    private static ObservedSpell.Outcome outcome(int number) {
        for (ObservedSpell.Outcome outcome : ObservedSpell.Outcome.values()) {
            if (outcome.number() == number) {
                return outcome;
            }
        }
        throw new IllegalArgumentException("no outcome " + number);
    }

    private List<ObservedSpell.Measured> standards(int i) {
        List<ObservedSpell.Measured> measured = List.of();
        for (int standard = 0; standard < standards; standard++) {
            int due = dueOn[i * standards + standard];
            if (due != QueueSpec.NONE) {
                measured = measured.isEmpty() ? new ArrayList<>() : measured;
                measured.add(new ObservedSpell.Measured(standard, due, outcome(outcomes[i * standards + standard])));
            }
        }
        return measured;
    }
}
