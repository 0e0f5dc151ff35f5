-- Guards against mistakes, not against the owner of the database, who can drop the trigger: where the log has to be
-- proof against that, ship the rows to another system.
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
