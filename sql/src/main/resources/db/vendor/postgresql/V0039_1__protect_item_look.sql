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
