create table accounts (
    name text collate "C" primary key, -- never given to another person
    role text collate "C" not null,
    password text collate "C" not null, -- argon2id, with its salt and parameters
    own integer not null, -- 0: somebody else has set the password
    disabled integer not null,
    made text collate "C" not null
);
create table account_log (
    n bigint generated always as identity primary key,
    time text collate "C" not null,
    who text collate "C" not null,
    act text collate "C" not null,
    whom text collate "C" not null,
    told text collate "C" not null
);
