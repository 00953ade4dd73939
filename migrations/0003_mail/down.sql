drop function mail.enqueue(text, text, text, jsonb); drop table mail.letter;
