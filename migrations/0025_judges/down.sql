set local role phach_blind_owner;
revoke execute on function blind.note_export(text) from phach_organizer;
revoke select (extra) on blind.paper from phach_organizer;
revoke select (contest, ranking_group, low, high, papers) on blind.spread from phach_organizer;
revoke select (contest, ranking_group, part, papers) on blind.distribution from phach_organizer;
drop policy organizer on blind.spread;
drop policy organizer on blind.distribution;
drop function blind.share_out(jsonb, text), blind.begin_share(), blind.unbegun(), blind.late_judges();
reset role;
