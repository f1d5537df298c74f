-- Sources
--   shop.products: code text not null, tags text[], kind shop.mood not null; key (code)

-- Defining query
SELECT p.code, unnest(p.tags) AS tag FROM shop.products p;

-- Has no delta: set_returning_target at character 16
--   a set-returning function outside of FROM has no delta rule; write it in FROM, as LATERAL
--   here: unnest(p.tags) AS tag FROM shop.products p
