-- What follows from the facts: written anew for an organisation whenever its facts change.
CREATE TABLE correction (
  correction TEXT NOT NULL PRIMARY KEY,
  sha256 TEXT NOT NULL,
  page INTEGER,
  code TEXT,
  title TEXT,
  field TEXT NOT NULL,
  was TEXT NOT NULL,
  "set" TEXT NOT NULL,
  reason TEXT NOT NULL,
  by TEXT NOT NULL,
  date TEXT NOT NULL,
  withdrawn INTEGER NOT NULL
);
CREATE TABLE organisation (
  organisation_key TEXT NOT NULL PRIMARY KEY,
  organisation TEXT NOT NULL,
  reports INTEGER NOT NULL,
  series INTEGER NOT NULL,
  derived_from TEXT NOT NULL
);
CREATE TABLE finding (
  reading TEXT NOT NULL REFERENCES reading (reading),
  position INTEGER NOT NULL,
  kind TEXT NOT NULL,
  verdict TEXT NOT NULL,
  page INTEGER,
  code TEXT,
  title TEXT,
  field TEXT,
  printed TEXT,
  expected TEXT,
  message TEXT NOT NULL,
  PRIMARY KEY (reading, position)
);
CREATE TABLE series (
  series TEXT NOT NULL PRIMARY KEY,
  organisation_key TEXT NOT NULL,
  code TEXT,
  title TEXT NOT NULL,
  section TEXT,
  unit TEXT,
  good_is TEXT,
  codes TEXT NOT NULL,
  titles TEXT NOT NULL,
  first_period TEXT,
  last_period TEXT
);
CREATE INDEX series_by_organisation ON series (organisation_key);
CREATE TABLE point (
  series TEXT NOT NULL REFERENCES series (series),
  period TEXT NOT NULL,
  field TEXT NOT NULL,
  vintage INTEGER NOT NULL,
  in_force INTEGER NOT NULL,
  printed TEXT NOT NULL,
  value TEXT,
  word TEXT,
  unit TEXT,
  qualifier TEXT,
  column_heading TEXT,
  original TEXT,
  reading TEXT NOT NULL REFERENCES reading (reading),
  page INTEGER,
  bbox TEXT,
  PRIMARY KEY (series, period, field, vintage)
);
CREATE TABLE change (
  organisation_key TEXT NOT NULL,
  position INTEGER NOT NULL,
  kind TEXT NOT NULL,
  verdict TEXT NOT NULL,
  series TEXT,
  code TEXT,
  title TEXT,
  field TEXT,
  period TEXT,
  was TEXT,
  now TEXT,
  message TEXT NOT NULL,
  PRIMARY KEY (organisation_key, position)
);
CREATE TABLE proposal (
  organisation_key TEXT NOT NULL,
  position INTEGER NOT NULL,
  one TEXT NOT NULL,
  other TEXT NOT NULL,
  reason TEXT NOT NULL,
  PRIMARY KEY (organisation_key, position)
);
