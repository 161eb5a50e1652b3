-- People see where they are signed in and end what they do not know: a session is named by an id
-- that opens nothing, and says where it was begun.

alter table session
  add column id uuid not null default gen_random_uuid(),
  add column address text,
  add constraint session_id_unique unique (id);
comment on column session.id is 'what the session is called to its person; the cookie is not in it';
comment on column session.address is 'where the person signed in from; null where nobody noted it';
