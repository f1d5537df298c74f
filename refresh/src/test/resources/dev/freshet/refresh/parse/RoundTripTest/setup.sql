CREATE SCHEMA shop;
CREATE SCHEMA "Odd.Schema";
CREATE TYPE shop.pair AS (x integer, y text);
CREATE TYPE shop.colour AS ENUM ('red', 'it''s green');
CREATE DOMAIN shop.positive AS integer CHECK (VALUE > 0);
CREATE TYPE "Odd.Schema"."Odd ""Type" AS (a integer);
CREATE TABLE shop.t (
  id integer PRIMARY KEY, a integer, b text, c numeric(10, 2), d date, e timestamptz, f double precision,
  g boolean, h integer[], i text[], j jsonb, k json, l interval, m shop.pair, n shop.colour, o bit(4), p bit varying,
  q character(5), r character varying(20), s "char", u uuid, v xml, w shop.positive, x time, y timestamp(3),
  z bytea, aa int4range, bb shop.pair[], cc smallint, dd bigint, ee real, ff tsvector, gg point, hh integer[][], ii timetz,
  jj name, kk oid, ll regclass, mm inet, nn money);
CREATE TABLE shop.u (id integer PRIMARY KEY, t_id integer, b text, amount numeric);
CREATE TABLE shop.w (id integer, "Mixed" text, "select" integer, "quo""te" integer, "dot.ted" integer, "größe" integer, "new
line" text, "back\slash" integer);
CREATE TABLE "Odd.Schema"."Odd ""Table" (a integer, "A" integer);
CREATE TABLE shop.parent (id integer, note text);
CREATE TABLE shop.child (extra integer) INHERITS (shop.parent);
CREATE VIEW shop.v AS SELECT id, b FROM shop.t WHERE a > 0;
CREATE FUNCTION shop.opplus(integer, integer) RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT $1 + $2';
CREATE OPERATOR shop.+@+ (LEFTARG = integer, RIGHTARG = integer, FUNCTION = shop.opplus);
CREATE FUNCTION shop.opneg(integer) RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT -$1';
CREATE OPERATOR shop.!!! (RIGHTARG = integer, FUNCTION = shop.opneg);
CREATE FUNCTION shop.same(integer, integer) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT $1 = $2';
CREATE OPERATOR shop.=== (LEFTARG = integer, RIGHTARG = integer, FUNCTION = shop.same);
CREATE FUNCTION shop.many(VARIADIC integer[]) RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT cardinality($1)';
CREATE FUNCTION shop.named(first integer, second integer DEFAULT 2, third integer DEFAULT 3) RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT $1 + $2 * $3';
CREATE FUNCTION shop."Odd Function"(integer) RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT $1';
CREATE FUNCTION shop."left"(integer) RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT $1';
CREATE FUNCTION shop.records(integer) RETURNS SETOF record LANGUAGE sql STABLE AS 'SELECT $1, ''x''::text';
CREATE FUNCTION shop.pairs(integer) RETURNS SETOF shop.pair LANGUAGE sql STABLE AS 'SELECT $1, ''x''::text';
CREATE FUNCTION shop.whole(shop.t) RETURNS integer LANGUAGE sql STABLE AS 'SELECT $1.id';
CREATE AGGREGATE shop.total(integer) (SFUNC = int4pl, STYPE = integer, INITCOND = '0');
CREATE COLLATION shop."Own Collation" FROM "C";
