create table article_words (rowid bigint primary key, words tsvector not null);
create index article_words_by_word on article_words using gin (words);
create table comment_words (rowid bigint primary key, words tsvector not null);
create index comment_words_by_word on comment_words using gin (words);
