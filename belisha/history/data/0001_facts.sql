-- What was read, as it was read. Rows are added and never changed, but for the ledger of files.
CREATE TABLE reading (
  reading TEXT NOT NULL PRIMARY KEY,
  sha256 TEXT NOT NULL,
  program TEXT NOT NULL,
  profile TEXT NOT NULL,
  pages INTEGER NOT NULL,
  organisation_key TEXT NOT NULL,
  organisation TEXT,
  committee TEXT,
  meeting_date TEXT,
  item TEXT,
  title TEXT,
  period TEXT,
  year TEXT,
  quarter INTEGER
);
CREATE INDEX reading_by_organisation ON reading (organisation_key, period);
CREATE INDEX reading_by_file ON reading (sha256);
CREATE TABLE record (
  reading TEXT NOT NULL PRIMARY KEY REFERENCES reading (reading),
  json BLOB NOT NULL
);
CREATE TABLE measure (
  reading TEXT NOT NULL REFERENCES reading (reading),
  row INTEGER NOT NULL,
  kind TEXT NOT NULL,
  page INTEGER NOT NULL,
  bbox TEXT NOT NULL,
  section TEXT,
  code TEXT,
  other_codes TEXT,
  former_codes TEXT,
  title TEXT NOT NULL,
  good_is TEXT,
  note TEXT,
  PRIMARY KEY (reading, row)
);
CREATE INDEX measure_by_code ON measure (code);
CREATE TABLE figure (
  reading TEXT NOT NULL,
  row INTEGER NOT NULL,
  field TEXT NOT NULL,
  heading TEXT,
  printed TEXT NOT NULL,
  value TEXT,
  word TEXT,
  unit TEXT,
  qualifier TEXT,
  confidence TEXT,
  page INTEGER,
  bbox TEXT,
  PRIMARY KEY (reading, row, field),
  FOREIGN KEY (reading, row) REFERENCES measure (reading, row)
);
CREATE TABLE scheme (
  reading TEXT NOT NULL REFERENCES reading (reading),
  position INTEGER NOT NULL,
  status TEXT NOT NULL,
  text TEXT NOT NULL,
  page INTEGER,
  PRIMARY KEY (reading, position)
);
CREATE TABLE file (
  path TEXT NOT NULL PRIMARY KEY,
  sha256 TEXT,
  bytes INTEGER,
  state TEXT NOT NULL,
  tries INTEGER NOT NULL,
  seconds REAL,
  error TEXT,
  error_kind TEXT,
  program TEXT,
  profile TEXT,
  reading TEXT REFERENCES reading (reading),
  at TEXT
);
CREATE INDEX file_by_content ON file (sha256);
CREATE TABLE claim (
  work TEXT NOT NULL PRIMARY KEY,
  owner TEXT NOT NULL,
  until REAL NOT NULL
);
