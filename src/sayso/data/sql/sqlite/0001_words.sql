-- Words without the texts, which the readings have: no content, no copies.
create virtual table article_words using fts5(words, content = '', tokenize = 'unicode61 remove_diacritics 0');
create virtual table comment_words using fts5(words, content = '', tokenize = 'unicode61 remove_diacritics 0');
