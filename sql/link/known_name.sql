-- How often each name stands in the registry.
CREATE VIEW known_name AS SELECT name, count(*) AS many FROM registry WHERE name IS NOT NULL GROUP BY name
