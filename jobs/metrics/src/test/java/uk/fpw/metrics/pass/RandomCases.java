package uk.fpw.metrics.pass;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import uk.fpw.metrics.lifecycle.ItemEvent;
import uk.fpw.warehouse.force.Force;

/**
 * {@link RandomItems} of which some are cases to which others belong: a case has the name of a contributor. Many
 * cases have events of their own on the same days.
 */
final class RandomCases {

    private static final int[] DAYS_OF_UPDATES = {3, 40, 41};

    private RandomCases() {}

    static Map<String, List<ItemEvent>> of(Force force, long seed, int items) {
        Random random = new Random(seed);
        Map<String, List<ItemEvent>> all = new TreeMap<>();
        RandomItems.of(force, seed, items).forEach((item, events) -> {
            if (!events.get(0).itemKind().equals("case")) {
                all.put(item, events);
                return;
            }
            List<ItemEvent> ofCase = new ArrayList<>(events);
            for (int days : DAYS_OF_UPDATES) {
                if (random.nextInt(4) > 0) {
                    ofCase.add(reviewed(RandomItems.BUSINESS_DATE.toEpochDay() - days));
                }
            }
            if (random.nextInt(3) == 0) {
                ofCase.add(reviewed(RandomItems.BUSINESS_DATE.toEpochDay() - random.nextInt(100)));
            }
            all.put("cases:c" + item.substring(item.indexOf(':') + 1), ofCase);
        });
        return all;
    }

    private static ItemEvent reviewed(long day) {
        return new ItemEvent("cases", "case", "cases", "reviewed", (int) day, null, 0, Map.of(), "a_query");
    }
}
