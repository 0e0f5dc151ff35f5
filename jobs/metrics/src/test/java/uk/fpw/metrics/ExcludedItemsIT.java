package uk.fpw.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import uk.fpw.model.Models;

/** Of what kind an item is that no query sees, because a rule or a fault excludes it. */
class ExcludedItemsIT {

    private final SparkSession spark = TestSpark.session();

    private void view(String name, String columns, String rows) {
        spark.sql("select * from values " + rows + " as t(" + columns + ")").createOrReplaceTempView(name);
    }

    @Test
    void excludedItemIsOfTheKindOfTheOthersInItsFeeds() {
        // the query of devices looks at cases and at people; cases have a query of their own, people have none; of
        // repairs every item is excluded
        view("staging_feed", "feed, item_kind", """
                ('exhibits', 'device'), ('cases', 'device'), ('people', 'device'), ('cases', 'case'), ('repairs', 'device')""");
        view("feed_row", "feed, row_key, item_key", """
                ('exhibits', '1', 'D1'), ('exhibits', '2', 'D2'), ('exhibits', '3', 'D3'),
                ('cases', '1', 'C1'), ('cases', '2', 'C2'),
                ('people', '1', 'P1'), ('people', '2', 'P2'),
                ('repairs', '1', 'R1')""");
        view("event", "item_kind, item_key", "('device', 'D1'), ('device', 'D1'), ('case', 'C1')");
        view("rule_break", "item_key, severity", """
                ('D2', 'EXCLUDE'), ('D2', 'EXCLUDE'), ('C2', 'EXCLUDE'), ('P2', 'EXCLUDE'), ('R1', 'EXCLUDE'), ('D1', 'WARNING')""");
        view("exclusion", "feed, row_key, item_key, code", """
                ('exhibits', '2', 'D2', 'A_RULE'), ('exhibits', '3', 'D3', 'MISSING_DATE'), ('cases', '2', 'C2', 'A_RULE'),
                ('people', '1', 'P1', 'NO_EVENT'), ('people', '2', 'P2', 'A_RULE'), ('repairs', '1', 'R1', 'A_RULE')""");
        view("staged_row", "item_kind, item_key, problem", """
                ('device', 'D3', 'MISSING_DATE'), ('device', 'D1', null), ('device', null, 'MISSING_ITEM')""");
        String sql = Models.views().stream()
                .filter(view -> view.name().equals("excluded_item"))
                .findFirst()
                .orElseThrow()
                .sql();

        List<String> items = spark.sql(sql).orderBy("item_kind", "item_key").collectAsList().stream()
                .map(row -> row.getString(0) + " " + row.getString(1))
                .toList();
        assertThat(items).containsExactly("case C2", "device D2", "device D3", "device R1");
    }
}
