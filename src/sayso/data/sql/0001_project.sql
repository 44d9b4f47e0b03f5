-- Readings hold everything that machines found; all other tables of this first part are
-- derived from them and can be made anew. $$key and its like are the words of each store.

create table reports (
    report $key primary key, -- orders by day, newest first; then by id
    id $text not null unique,
    key $text not null,
    url $text,
    outlet $text not null, -- '' if there is none, as in all columns with a facet
    title $text,
    published $text,
    month $text not null,
    language $text not null,
    kit $text not null,
    statements integer not null,
    events integer not null,
    links integer not null,
    comments integer not null
)$rows;
create index reports_by_outlet on reports (outlet, report);
create index reports_by_language on reports (language, report);

create table readings (
    report $key not null references reports on delete cascade,
    digest $text not null, -- of the record as JSON
    added integer not null, -- counts up; tells the later of two kits of one version
    record $bytes not null, -- JSON, zlib
    primary key (report, digest)
)$rows;

create table originals (
    report $key primary key references reports on delete cascade,
    content $bytes not null, -- zlib
    digest $text not null, -- of the unpacked bytes
    url $text,
    retrieved $text
)$rows;

create table statements (
    report $key not null references reports on delete cascade,
    n integer not null, -- place in the record, from 0
    id $text not null,
    stance $text not null,
    quote $text not null,
    basis $text not null,
    channel $text not null,
    voice $text not null,
    review $text not null,
    doubt integer not null, -- 0 to 50: hundredths between the confidence and .5
    primary key (report, n)
)$tree;
create index statements_by_stance on statements (stance, report, n);
create index statements_by_quote on statements (quote, report, n);
create index statements_by_basis on statements (basis, report, n);
create index statements_by_channel on statements (channel, report, n);
create index statements_by_voice on statements (voice, report, n);
create index statements_by_review on statements (review, doubt, report, n);

create table events (
    report $key not null references reports on delete cascade,
    n integer not null,
    id $text not null,
    type $text not null,
    mode $text not null,
    status $text not null,
    country $text not null, -- of the main place
    happened $text not null, -- month of the first possible day
    place $text not null, -- the main one, of the project
    first_day $text, -- first possible day or minute
    time $text, -- id of the time in the record
    review $text not null,
    doubt integer not null,
    primary key (report, n)
)$tree;
-- With the place, so that a map needs the index alone.
create index events_by_type on events (type, report, n, place);
create index events_by_mode on events (mode, report, n, place);
create index events_by_status on events (status, report, n, place);
create index events_by_country on events (country, report, n, place);
create index events_by_day on events (first_day, report, n);
create index events_by_review on events (review, doubt, report, n);

create table links (
    report $key not null references reports on delete cascade,
    n integer not null,
    id $text not null,
    kind $text not null,
    status $text not null,
    from_id $text not null, -- of the project
    to_id $text not null,
    denied integer not null,
    review $text not null,
    doubt integer not null,
    primary key (report, n)
)$tree;
create index links_by_kind on links (kind, report, n);
create index links_by_status on links (status, report, n);
create index links_by_review on links (review, doubt, report, n);
create index links_by_end on links (from_id, kind, to_id);

create table comments (
    report $key not null references reports on delete cascade,
    n integer not null, -- number in the thread, from 1
    word_row $key not null unique, -- of comment_words
    author $text not null,
    finding $text not null,
    primary key (report, n)
)$tree;
create index comments_by_finding on comments (finding, report, n);

-- Who and where, across reports

create table actors (
    id $text primary key,
    root $text not null, -- itself, or the actor that it was merged into
    name $text not null,
    kind $text not null,
    country $text not null,
    sector $text not null,
    authority $text,
    reports integer not null, -- of the root: with those merged into it
    statements integer not null
)$tree;
create index actors_by_root on actors (root);
create index actors_merged on actors (id) where root <> id;
create index actors_by_reports on actors (reports, id);

create table places (
    id $text primary key,
    name $text not null,
    country $text not null,
    gazetteer_id $text,
    lat $real,
    lon $real,
    precision $text not null,
    radius_km $real,
    reports integer not null,
    events integer not null
)$tree;
create index places_by_reports on places (reports, id);
create index places_by_events on places (events, id);

create table names (
    owner $text not null, -- actor or place
    name $text not null,
    folded $text not null, -- for search: case does not count
    reports integer not null,
    primary key (owner, name)
)$tree;
create index names_by_folded on names (folded, owner);

create table appearances (
    owner $text not null,
    report $key not null,
    primary key (owner, report)
)$tree;

create table parts (
    owner $text not null,
    claim $text not null, -- statement, event or link
    report $key not null,
    n integer not null,
    speaks integer not null,
    about integer not null,
    primary key (owner, claim, report, n)
)$tree;

-- Counts, so that facets need no scan

create table tallies (
    view $text not null,
    field $text not null,
    value $text not null,
    other $text not null, -- a second field, or '' for the count of the first alone
    other_value $text not null,
    rows_n integer not null,
    primary key (view, field, value, other, other_value)
)$tree;
create index tallies_by_other on tallies (view, other, other_value);

create table ties (
    from_id $text not null,
    kind $text not null,
    to_id $text not null,
    links integer not null,
    denied integer not null,
    primary key (from_id, kind, to_id)
)$tree;
create index ties_by_links on ties (links);

-- What people decided and what was done: kept for good

create table judgements (
    seq $key primary key,
    id $text not null unique,
    report $text not null, -- '' for decisions on the actors of the project
    target $text,
    verdict $text not null,
    coder $text not null,
    whole integer not null, -- on the row, not on one of its fields
    in_force integer not null, -- not undone
    body $bytes not null -- JSON
)$rows;
create index judgements_by_target on judgements (report, target);
create index judgements_by_coder on judgements (coder, report, target);

create table moved (
    judgement $text primary key references judgements (id) on delete cascade,
    row_now $text
)$tree;

create table splits (
    report $text not null,
    row_id $text not null, -- of an actor in that report
    owner $text not null, -- the actor of the project that it is by decision
    primary key (report, row_id)
)$tree;

create table runs (
    id $text primary key,
    kit $text not null,
    parameters $text not null, -- JSON
    started $text not null,
    ended $text
)$rows;

create table outcomes (
    run $text not null references runs,
    digest $text not null,
    input $text not null,
    failed integer not null,
    primary key (run, digest, input)
)$tree;
create index outcomes_by_digest on outcomes (digest);

create table outcome_reports (
    run $text not null,
    digest $text not null,
    input $text not null,
    report $text not null, -- id, as the report may come in a later batch
    primary key (report, run, digest, input)
)$tree;
create index outcome_reports_by_input on outcome_reports (run, digest, input);

create table failures (
    input $text primary key,
    digest $text not null,
    reason $text not null,
    mend $text not null,
    time $text not null
)$rows;

create table chores (
    name $text primary key -- of work that a commit has promised: "scrub"
)$rows;
