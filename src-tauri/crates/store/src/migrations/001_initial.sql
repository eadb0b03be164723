-- Times are milliseconds since 1970-01-01T00:00:00Z; an all-day event has midnight UTC of its dates.
-- `key` columns are ours and never leave the file; `id` is the server's. A hash (FNV-1a, 64 bits) stands in the
-- indexes for ids and addresses, which are long: fewer pages to decrypt; the text is compared afterwards.

CREATE TABLE calendar (
  key INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  position INTEGER NOT NULL,
  name TEXT NOT NULL,
  colour TEXT,
  is_default INTEGER NOT NULL,
  owner TEXT
) STRICT;

-- Every event, masters included. `content` is JSON of model::record::EventContent; NULL for a slim occurrence
-- (its series' content counts) and for a master that has not been read yet.
CREATE TABLE event (
  key INTEGER PRIMARY KEY,
  id_hash INTEGER NOT NULL,
  calendar INTEGER NOT NULL,
  kind INTEGER NOT NULL,
  series INTEGER,
  all_day INTEGER NOT NULL,
  start INTEGER NOT NULL,
  "end" INTEGER NOT NULL,
  digest INTEGER NOT NULL,
  id TEXT NOT NULL,
  content TEXT
) STRICT;
-- `kind` is there so that counting reads the index alone.
CREATE INDEX event_by_id ON event (id_hash, calendar, kind);
-- Masters that have not been read yet.
CREATE INDEX event_unread ON event (calendar) WHERE kind = 3 AND content IS NULL;
CREATE INDEX event_by_series ON event (series) WHERE series IS NOT NULL;

-- What the list shows, in the order of the list. `span` sorts long events apart, so that a window finds those
-- that began before it without reading everything (see table/occurrence.rs).
CREATE TABLE occurrence (
  span INTEGER NOT NULL,
  start INTEGER NOT NULL,
  "end" INTEGER NOT NULL,
  key INTEGER NOT NULL,
  calendar INTEGER NOT NULL,
  flags INTEGER NOT NULL,
  people INTEGER NOT NULL,
  show_as TEXT NOT NULL,
  response TEXT NOT NULL,
  sensitivity TEXT NOT NULL,
  join_provider TEXT,
  organizer TEXT,
  location TEXT,
  subject TEXT NOT NULL,
  id TEXT NOT NULL,
  PRIMARY KEY (span, start, "end", key)
) STRICT, WITHOUT ROWID;

-- Who takes part: hash of the folded address → event that has the content.
CREATE TABLE participant (
  address INTEGER NOT NULL,
  event INTEGER NOT NULL,
  PRIMARY KEY (address, event)
) STRICT, WITHOUT ROWID;

-- The default folder has the empty id.
CREATE TABLE contact_folder (
  key INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  name TEXT
) STRICT;

-- What the list and the search index need; the whole contact is in contact_detail.
CREATE TABLE contact (
  key INTEGER PRIMARY KEY,
  id_hash INTEGER NOT NULL,
  folder INTEGER NOT NULL,
  digest INTEGER NOT NULL,
  photo INTEGER NOT NULL,
  sort_key TEXT NOT NULL,
  name TEXT NOT NULL,
  given_name TEXT,
  surname TEXT,
  company TEXT,
  title TEXT,
  emails TEXT NOT NULL,
  id TEXT NOT NULL
) STRICT;
CREATE INDEX contact_by_id ON contact (id_hash, folder);
CREATE INDEX contact_by_name ON contact (sort_key);

-- JSON of model::contact::Contact, without the folder's name.
CREATE TABLE contact_detail (
  key INTEGER PRIMARY KEY,
  content TEXT NOT NULL
) STRICT;

-- All words of a contact, folded by us; rowid is contact.key. The tokenizer must not split them further (unicode61
-- would, at the vowel signs of Devanagari): for `ascii` every character beyond ASCII is part of a word.
CREATE VIRTUAL TABLE contact_text USING fts5 (
  words, content = '', contentless_delete = 1, detail = none, tokenize = "ascii"
);

CREATE TABLE cursor (
  service TEXT NOT NULL,
  collection TEXT NOT NULL,
  link TEXT,
  window_start INTEGER,
  window_end INTEGER,
  at INTEGER NOT NULL,
  PRIMARY KEY (service, collection)
) STRICT, WITHOUT ROWID;

CREATE TABLE service_status (
  service TEXT PRIMARY KEY,
  status TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE change (
  key INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,
  kind TEXT NOT NULL,
  meeting_id TEXT NOT NULL,
  before TEXT,
  after TEXT
) STRICT;

CREATE TABLE meta (
  name TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
