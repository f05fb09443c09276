-- One line of each person was new: a token of each kind of its own, a name that some thirty share.
INSERT INTO identity.block_token (owner_id, tokens)
SELECT min(line_id), array_append(ARRAY(SELECT hashtextextended(kind || ':' || person_id, 0) & ~15::bigint | kind FROM generate_series(1, 11) AS kind),
                                  hashtextextended('name' || person_id % 90000, 0) & ~15::bigint | 12)
FROM public.spell GROUP BY person_id
