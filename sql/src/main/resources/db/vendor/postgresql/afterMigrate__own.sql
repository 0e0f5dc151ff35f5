-- Imported records of reads are only added to, like those of fpw items: not even the owner changes or deletes a row.
do $$
begin
    if to_regclass('ops.look_record') is not null
        and not exists (select 1 from pg_trigger where tgname = 'look_record_is_only_added_to') then
        create or replace function ops.refuse_change_of_look_record() returns trigger
        language plpgsql
        as $body$
        begin
            raise exception 'ops.look_record is a log: rows are only added';
        end
        $body$;
        create trigger look_record_is_only_added_to
        before update or delete or truncate on ops.look_record
        for each statement execute function ops.refuse_change_of_look_record();
    end if;
end
$$;

-- Who reads bi reads bi_detail, to which most of its views went.
do $$
begin
    if to_regnamespace('bi_detail') is not null then
        grant usage on schema bi_detail to fpw_analyst, fpw_bi;
    end if;
end
$$;

-- After every migration: whatever the warehouse consists of belongs to fpw_owner, so that any member of it may run the night and the next migration, and not only the one
-- user who happened to make a table.
do $$
declare
    thing record;
begin
    for thing in
        select n.nspname
        from pg_namespace as n
        where n.nspname in ('ops', 'mart_rows', 'mart', 'bi', 'bi_detail', 'mart_releases', 'bi_releases') and n.nspowner <> 'fpw_owner'::regrole
    loop
        execute format('alter schema %I owner to fpw_owner', thing.nspname);
    end loop;
    for thing in
        select n.nspname, c.relname, c.relkind
        from pg_class as c
        inner join pg_namespace as n on c.relnamespace = n.oid
        where
            c.relkind in ('r', 'v', 'S') and c.relowner <> 'fpw_owner'::regrole
            and (
                n.nspname in ('ops', 'mart_rows', 'mart', 'bi', 'bi_detail', 'mart_releases', 'bi_releases')
                or n.nspname = 'public' and (c.relname like 'iceberg\_%' or c.relname like 'batch\_%' or c.relname in ('flyway_schema_history', 'fpw_models_history'))
            )
    loop
        execute format(
            'alter %s %I.%I owner to fpw_owner',
            case thing.relkind when 'r' then 'table' when 'v' then 'view' else 'sequence' end, thing.nspname, thing.relname
        );
    end loop;
    for thing in
        select p.oid::regprocedure as signature
        from pg_proc as p
        inner join pg_namespace as n on p.pronamespace = n.oid
        where n.nspname = 'ops' and p.proname in ('refuse_change_of_item_look', 'refuse_change_of_look_record') and p.proowner <> 'fpw_owner'::regrole
    loop
        execute format('alter function %s owner to fpw_owner', thing.signature);
    end loop;
end
$$;
