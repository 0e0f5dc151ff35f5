-- Who may read what, on PostgreSQL: the roles. Those on published tables follow with the tables.
-- Roles belong to the whole server: another warehouse on it may have made them, or a database administrator for a user who may not. None of them can log in.
do $$
declare
    wanted constant text[] := array['fpw_owner', 'fpw_analyst', 'fpw_bi'];
    missing text[] := array(select w from unnest(wanted) as w where not exists (select 1 from pg_roles where rolname = w));
    may_create boolean := (select rolsuper or rolcreaterole from pg_roles where rolname = current_user);
    one text;
begin
    if cardinality(missing) > 0 and not may_create then
        raise exception 'the roles % are missing and user % may not create roles; have a database administrator run once: % grant fpw_owner to %;',
            array_to_string(missing, ', '), current_user,
            (select string_agg('create role ' || w || ' nologin;', ' ') from unnest(missing) as w), quote_ident(current_user);
    end if;
    foreach one in array missing loop
        begin
            execute format('create role %I nologin', one);
        exception
            -- Made in this moment by a migration of another warehouse on the same server.
            when duplicate_object or unique_violation then null;
        end;
    end loop;
    if not pg_has_role(current_user, 'fpw_owner', 'member') then
        if not may_create then
            raise exception 'user % is not a member of fpw_owner; have a database administrator run once: grant fpw_owner to %;',
                current_user, quote_ident(current_user);
        end if;
        execute format('grant fpw_owner to %I', current_user);
    elsif current_setting('server_version_num')::integer >= 160000 then
        -- From PostgreSQL 16 on, who creates a role is its administrator, but not at once its user.
        if not pg_has_role(current_user, 'fpw_owner', 'usage') or not pg_has_role(current_user, 'fpw_owner', 'set') then
            execute format('grant fpw_owner to %I with inherit true, set true', current_user);
        end if;
    end if;
end
$$;

grant create, usage on schema public to fpw_owner;
grant usage on schema ops, mart, bi to fpw_analyst;
grant usage on schema mart, bi to fpw_bi;
grant usage on schema mart_releases, bi_releases to fpw_analyst, fpw_bi;

-- A log whose rows its owner can change proves nothing: not even the owner changes or deletes a row.
create function ops.refuse_change_of_item_look() returns trigger
language plpgsql
as $$
begin
    raise exception 'ops.item_look is a log: rows are only added';
end
$$;

create trigger item_look_is_only_added_to
before update or delete or truncate on ops.item_look
for each statement execute function ops.refuse_change_of_item_look();
