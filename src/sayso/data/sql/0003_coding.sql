-- Places are merged as actors are; statements are ordered by when they were said, and
-- reviewed by what hangs on them. Reports read before keep the day of publication and
-- the last rank until they are read again.

alter table places add column root $text not null default ''; -- as of actors
update places set root = id;
create index places_by_root on places (root);
create index places_merged on places (id) where root <> id;

alter table statements add column said integer not null default 0; -- days, backwards
alter table statements add column effect integer not null default 3;
update statements set said = report / 1099511627776;
create index statements_by_said on statements (said, report, n);
create index statements_by_effect on statements (review, effect, doubt, report, n);

alter table events add column effect integer not null default 3;
create index events_by_effect on events (review, effect, doubt, report, n);

alter table links add column effect integer not null default 3;
create index links_by_effect on links (review, effect, doubt, report, n);
