package uk.fpw.audit;

import static uk.fpw.model.DuckSql.name;
import static uk.fpw.model.DuckSql.text;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import uk.fpw.model.DuckSql;
import uk.fpw.warehouse.run.FigureChangeRequest;
import uk.fpw.warehouse.run.FigureChangeRequest.NewRows;

/**
 * The items about which rows were loaded or withdrawn since the replaced release, as the table {@code new_row}: a row
 * for each row of a source and each item that it was about in the replaced release, is about now, or was about in a
 * version between the two. So a row that moves to another item counts for both.
 */
final class NewRowItems {

    private static final String TABLE = """
            create table new_row (
                feed varchar,
                row_key varchar,
                row_item varchar,
                item_key varchar,
                is_withdrawn boolean,
                is_deleted boolean,
                is_late boolean
            )
            """;

    /** What was withdrawn since was known to the replaced release and is not known now. */
    private static final String ROWS = """
            insert into new_row
            with

            stored as (

                select
                    _key,
                    _item,
                    _op,
                    _seq,
                    %9$s
                    _load_id in (%3$s) as _is_withdrawn,
                    _load_id in (%3$s) or (_load_id not in (%4$s) and (%7$s or _load_id in (%8$s))) as _is_new,
                    _load_id in (%3$s) or (_load_id not in (%4$s) and not (%7$s or _load_id in (%8$s))) as _was_known,
                    _load_id not in (%4$s) as _is_known
                from %6$s
                where _load_id in (%3$s) or _load_id not in (%4$s)

            ),

            new_key as (select distinct _key from stored where _is_new),

            changed as (

                select
                    _key,
                    arg_max(_item, _seq) filter (_was_known) as item_before,
                    arg_max(_item, _seq) filter (_is_known) as item_now,
                    list(distinct _item) filter (_is_new) as new_items,
                    arg_max(_op, _seq) filter (_was_known) as op_before,
                    arg_max(_op, _seq) filter (_is_known) as op_now,
                    %10$s
                    bool_or(_is_withdrawn) as is_withdrawn
                from stored
                semi join new_key
                    on stored._key = new_key._key
                group by _key

            ),

            item as (

                select
                    _key,
                    unnest(list_distinct(list_concat([item_before, item_now], new_items))) as _item,
                    is_withdrawn,
                    coalesce(op_now = 'delete', false) as is_deleted
                from changed
                %11$s

            )

            select
                %1$s,
                _key,
                _item,
                %2$s || _item,
                is_withdrawn,
                is_deleted,
                %5$s
            from item
            where _item is not null
            """;

    private static final String VERSIONS = "arg_max(_version, _seq) filter (_was_known) as before, "
            + "arg_max(_version, _seq) filter (_is_known) as after,";

    private NewRowItems() {}

    /** Makes the table. */
    static void find(AuditSession session, FigureChangeRequest request) {
        session.execute(TABLE);
        request.feeds().stream()
                .filter(feed -> !feed.stored().files().isEmpty())
                .forEach(feed -> session.execute(rows(session, feed)));
    }

    private static String rows(AuditSession session, NewRows feed) {
        String knownTo = feed.knownTo();
        List<String> files = feed.stored().filesOfNewRows();
        List<String> compared = compared(session, feed);
        return ROWS.formatted(
                text(feed.feed()),
                text(feed.source() + ":"),
                texts(feed.withdrawnSince()),
                texts(feed.withdrawnLoads()),
                feed.wasLate(),
                compared.isEmpty() ? DuckSql.rowsOf(files) : DuckSql.rowsWithFileOf(files),
                knownTo == null ? "true" : "_known_on > date " + text(knownTo),
                texts(feed.loads()),
                compared.isEmpty() ? "" : version(compared),
                compared.isEmpty() ? "" : VERSIONS,
                compared.isEmpty() ? "" : differs(compared, files));
    }

    /** The columns to compare that any file has. */
    private static List<String> compared(AuditSession session, NewRows feed) {
        if (feed.stored().comparedColumns().isEmpty()) {
            return List.of();
        }
        Set<String> stored =
                session
                        .rows("select distinct name from "
                                + DuckSql.columnsOf(feed.stored().filesOfNewRows()))
                        .stream()
                        .map(row -> new QueryRow(row).text(0))
                        .collect(Collectors.toSet());
        return feed.stored().comparedColumns().stream().filter(stored::contains).toList();
    }

    private static String version(List<String> columns) {
        return columns.stream()
                .map(column -> text(column) + ": " + name(column))
                .collect(Collectors.joining(", ", "{'_file': _file, ", "} as _version,"));
    }

    /** What a file was written without says nothing about a column: the feed had not got it yet. */
    private static String differs(List<String> columns, List<String> files) {
        return columns.stream()
                .map(column -> "(before." + name(column) + " is distinct from after." + name(column)
                        + " and coalesce(list_contains(written.columns, " + text(column) + "), true))")
                .collect(Collectors.joining(
                        " or ",
                        "left join (select file_name, list(name) as columns from " + DuckSql.columnsOf(files)
                                + " group by file_name) as written on changed.before._file = written.file_name "
                                + "where changed.before is null or changed.after is null "
                                + "or op_before is distinct from op_now or item_before is distinct from item_now or ",
                        ""));
    }

    /** For {@code in}: a list that holds no load if there is none. */
    private static String texts(List<String> values) {
        return values.isEmpty() ? "''" : values.stream().map(DuckSql::text).collect(Collectors.joining(", "));
    }
}
