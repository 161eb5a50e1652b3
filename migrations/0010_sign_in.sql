-- What people sign in with, and what they hold while they are signed in: passwords, sessions, tries,
-- and tokens that can be taken back one at a time. Names of organizations learn to count versions.

create table person_password (
  person uuid not null,
  hash text not null,
  changed_at timestamptz not null default now(),
  constraint person_password_pk primary key (person),
  constraint person_password_person_fk foreign key (person) references person (id),
  constraint person_password_is_argon2id check (hash like '$argon2id$v=19$%')
);
comment on table person_password is 'what a person signs in with; absent for whoever uses tokens only';
comment on column person_password.hash is
  'argon2id with its own parameters and salt, so that they can rise';
grant select, insert on person_password to vigie_service;
grant update (hash, changed_at) on person_password to vigie_service;

create table session (
  hash text not null,
  person uuid not null,
  created_at timestamptz not null default now(),
  used_at timestamptz not null default now(),
  expires_at timestamptz not null,
  ended_at timestamptz,
  constraint session_pk primary key (hash),
  constraint session_person_fk foreign key (person) references person (id),
  constraint session_hash_is_hex check (hash ~ '^[0-9a-f]{64}$'),
  constraint session_expires_after check (expires_at > created_at)
);
create index session_by_person on session (person);
create index session_by_expiry on session (expires_at);
comment on table session is 'somebody signed in with a browser; only the SHA-256 of the cookie is kept';
comment on column session.used_at is 'written at most once a minute; too long ago ends the session';
comment on column session.expires_at is 'the end, however much it is used';
comment on column session.ended_at is 'signed out, or rights, password or person changed';
grant select, insert, delete on session to vigie_service;
grant update (used_at, ended_at) on session to vigie_service;

create table sign_in_attempt (
  account text not null,
  address text not null,
  failed_at timestamptz[] not null,
  last_at timestamptz not null,
  constraint sign_in_attempt_pk primary key (account, address),
  constraint sign_in_attempt_bounded check (cardinality(failed_at) <= 10)
);
create index sign_in_attempt_by_age on sign_in_attempt (last_at);
comment on table sign_in_attempt is
  'tries that failed or are under way, for accounts that exist and accounts that do not';
comment on column sign_in_attempt.account is
  'e-mail address as typed, in lower case; empty for what is no address';
comment on column sign_in_attempt.failed_at is
  'in one row, so that its lock counts tries that come together';
grant select, insert, delete on sign_in_attempt to vigie_service;
grant update (failed_at, last_at) on sign_in_attempt to vigie_service;

alter table api_token
  add column id uuid not null default gen_random_uuid(),
  add column label text not null default '',
  add column last_used_at timestamptz,
  add column revoked_at timestamptz,
  add constraint api_token_id_once unique (id);
comment on column api_token.id is 'what people name the token by; the token itself is not kept';
comment on column api_token.label is 'what its owner wrote to know it again; may be empty';
comment on column api_token.last_used_at is 'written at most once a minute';
grant update (last_used_at, revoked_at) on api_token to vigie_service;

alter table organization_name
  add column version integer not null default 1,
  add constraint organization_name_version_once unique (organization, version);
comment on column organization_name.version is 'two changes at once cannot both be the next version';
