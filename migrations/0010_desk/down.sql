set local role phach_named_owner;
drop trigger count_move on named.entry; drop trigger count_arrival on named.entry; drop trigger keep_search on named.entry;
drop function named.note_export(jsonb, text), named.export_rows(jsonb, int, int), named.save_template(uuid, text, text, text), named.remove_template(uuid),
  named.save_search(text, text), named.remove_search(uuid), named.claim(uuid), named.holders(uuid), named.screen_many(jsonb), named.checks(int[]),
  named.screen(uuid, int, text, text, timestamptz, jsonb), named.decisions(uuid), named.find(jsonb, int, timestamptz, boolean, int), named.units_under(uuid),
  named.settle_flag(uuid, text, text), named.lower_flag(uuid, text), named.raise_flag(uuid, text, uuid[]), named.flag_bit(text),
  named.keep_search(), named.sweep(), named.counts(), named.count_move(), named.count(uuid, uuid, text, boolean, bigint);
drop table named.saved_search, named.template, named.claim, named.search, named.counter, named.flag;
reset role;
do $$
begin
  if exists (select from pg_namespace where nspname = 'trigram') then
    drop extension pg_trgm;
    drop schema trigram;
  end if;
end $$;
