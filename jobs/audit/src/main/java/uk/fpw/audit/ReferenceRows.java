package uk.fpw.audit;

import static uk.fpw.model.DuckSql.text;

import java.util.Set;
import java.util.TreeSet;
import uk.fpw.model.DuckSql;
import uk.fpw.warehouse.run.FigureChangeRequest;
import uk.fpw.warehouse.run.FigureChangeRequest.NewRows;

/**
 * Which items can have changed because of rows about something else, that a staging query joins to their own: as the
 * table {@code reference_item}, with whether a row of the item names a row that has changed. Only items are looked at
 * that have changed without rows of their own, so that in most runs no file is read.
 *
 * <p>A feed is a lookup of a queue if none of its rows is about an item of the queue. A changed lookup may have changed
 * any item of its queue: which of its rows an item was joined to is written nowhere. A row of another joined feed
 * counts only for items that name it.
 */
final class ReferenceRows {

    private static final String ITEMS = """
            create table item_without_rows as
            select distinct
                difference.queue,
                difference.item_key
            from spell_difference as difference
            semi join (
                select joined_feed.queue
                from joined_feed
                semi join new_row
                    on joined_feed.feed = new_row.feed
            ) as affected
                on difference.queue = affected.queue
            anti join item_with_rows
                on difference.queue = item_with_rows.queue and difference.item_key = item_with_rows.item_key
            anti join redefined_queue
                on difference.queue = redefined_queue.queue
            """;

    /** Queues of which any row of the feed is about an item. */
    private static final String OWN = """
            insert into own_feed
            select distinct
                spell.queue,
                %1$s
            from (
                select queue, item_key from main.spell
                union
                select queue, item_key from replaced.spell
            ) as spell
            semi join (select %2$s || _item as item_key from %3$s) as stored
                on spell.item_key = stored.item_key
            where spell.queue in (select joined_feed.queue from joined_feed where joined_feed.feed = %1$s)
            """;

    /** Every value of every row of the items, as text. */
    private static final String VALUES = """
            insert into item_value
            select distinct
                %1$s || _item,
                stored_value
            from (
                unpivot (
                    select
                        _item,
                        cast(columns(lambda stored_column: not starts_with(stored_column, '_')) as varchar)
                    from %2$s
                    where %1$s || _item in (select item_without_rows.item_key from item_without_rows)
                )
                on columns(* exclude (_item))
                into name stored_column value stored_value
            )
            """;

    /** Joined on equality alone: a comparison with two columns would go through every value for every new row. */
    private static final String FOUND = """
            create table reference_item as
            with

            new_name as (

                select distinct
                    feed,
                    unnest([row_key, row_item]) as new_name
                from new_row

            ),

            named as (

                select distinct
                    item.queue,
                    item.item_key
                from item_without_rows as item
                inner join item_value
                    on item.item_key = item_value.item_key
                inner join joined_feed
                    on item.queue = joined_feed.queue
                inner join new_name
                    on
                        joined_feed.feed = new_name.feed
                        and item_value.stored_value = new_name.new_name

            )

            select
                item.queue,
                item.item_key,
                named.item_key is not null as is_named
            from item_without_rows as item
            left join named
                on item.queue = named.queue and item.item_key = named.item_key
            where
                named.item_key is not null
                or exists (
                    select 1 from joined_feed
                    where
                        joined_feed.queue = item.queue
                        and joined_feed.feed in (select new_row.feed from new_row)
                        and not exists (
                            select 1 from own_feed
                            where own_feed.queue = joined_feed.queue and own_feed.feed = joined_feed.feed
                        )
                )
            """;

    private ReferenceRows() {}

    /**
     * Makes the table; {@code spell_difference}, {@code item_with_rows}, {@code new_row} and {@code redefined_queue}
     * must be there.
     */
    static void find(AuditSession session, FigureChangeRequest request) {
        session.execute("create table joined_feed (queue varchar, feed varchar)");
        session.execute("create table own_feed (queue varchar, feed varchar)");
        session.execute("create table item_value (item_key varchar, stored_value varchar)");
        Set<String> joined = new TreeSet<>();
        request.differences()
                .referenceFeeds()
                .forEach((queue, feeds) -> feeds.forEach(feed -> {
                    joined.add(feed);
                    session.execute("insert into joined_feed values (" + text(queue) + ", " + text(feed) + ")");
                }));
        session.execute(ITEMS);
        if (session.number("select count(*) from item_without_rows") > 0) {
            request.feeds().stream()
                    .filter(feed -> joined.contains(feed.feed())
                            && !feed.stored().allFiles().isEmpty())
                    .forEach(feed -> read(session, feed));
        }
        session.execute(FOUND);
    }

    private static void read(AuditSession session, NewRows feed) {
        String source = text(feed.source() + ":");
        String rows = DuckSql.rowsOf(feed.stored().allFiles());
        if (session.number("select count(*) from new_row where feed = " + text(feed.feed())) > 0) {
            session.execute(OWN.formatted(text(feed.feed()), source, rows));
        }
        session.execute(VALUES.formatted(source, rows));
    }
}
