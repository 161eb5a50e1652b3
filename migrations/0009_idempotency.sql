-- Answers kept for retried requests: the row is written in the transaction it answers, so a refusal
-- takes it away with everything else.

create table idempotency_key (
  actor text not null,
  key text not null,
  request_hash text not null,
  status smallint,
  etag text,
  answer text,
  created_at timestamptz not null default now(),
  constraint idempotency_key_pk primary key (actor, key),
  constraint idempotency_key_length check (length(key) between 1 and 255)
);
create index idempotency_key_by_age on idempotency_key (created_at);
comment on table idempotency_key is 'first answer to a request that may be sent again';
comment on column idempotency_key.request_hash is 'SHA-256 of method, path and body';
grant select, insert on idempotency_key to vigie_service;
grant update (status, etag, answer) on idempotency_key to vigie_service;
