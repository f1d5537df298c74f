-- Sources
--   shop.products: code text not null, tags text[], kind shop.mood not null; key (code)

-- Defining query
SELECT unnest(p.tags) AS tag, count(*) AS n FROM shop.products p GROUP BY unnest(p.tags);

-- Has no delta: set_returning_target at character 8
--   a set-returning function outside of FROM has no delta rule; write it in FROM, as LATERAL
--   here: unnest(p.tags) AS tag, count(*) AS n FROM shop.products p GROUP BY unnest(p.tags)
