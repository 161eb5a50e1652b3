-- The reconciliation of a year as it stood when it was closed, kept as it was drawn: no later
-- version of Vigie, name or late item changes a byte of it.

create table frozen_report (
  year_end uuid not null,
  format text not null,
  language text not null,
  content bytea not null,
  sha256 text not null,
  event uuid not null,
  constraint frozen_report_pk primary key (year_end, format, language),
  constraint frozen_report_year_end_fk foreign key (year_end) references closed_year (year_end),
  constraint frozen_report_event_fk foreign key (event) references event (id)
    deferrable initially deferred,
  constraint frozen_report_format_known check (
    (format, language) in (('json', ''), ('xlsx', 'fr'), ('xlsx', 'en'))
  ),
  constraint frozen_report_is_its_digest check (sha256 = encode(sha256(content), 'hex'))
);
create index frozen_report_by_event on frozen_report (event);
call make_append_only('frozen_report');
comment on table frozen_report is 'append-only: the files kept of a closed year';
comment on column frozen_report.language is 'of a workbook; empty for JSON, which says both';
comment on column frozen_report.event is 'the freezing, which seals the digest of each file';
