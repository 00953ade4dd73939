drop function record.daily_head(), record.note(uuid, text, text, jsonb), record.mute(text, text), record.mute_all(text, text[]);
drop table record.salt, record.link, record.event;
