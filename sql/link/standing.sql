-- Every profile, where its person begins, and whether lines that say the same as it are one person: it has a record, or a name or
-- a whole number and enough beside it.
SELECT
    k.no AS profile, coalesce(s.first, k.no) AS first,
    CASE WHEN s.line IS NOT NULL THEN TRUE
        WHEN p.name IS NULL THEN p.valid AND (p.phone IS NOT NULL OR p.h_house IS NOT NULL OR p.c_house IS NOT NULL)
        WHEN p.digits IS NOT NULL OR coalesce(length(p.head) + length(p.tail), 0) >= 8 THEN TRUE
        ELSE (p.birth IS NOT NULL)::INT + (p.phone IS NOT NULL)::INT + (p.h_house IS NOT NULL)::INT
            + (p.c_house IS NOT NULL)::INT >= 2 END AS known
FROM profile_key AS k LEFT JOIN anchored AS s ON s.line = k.no LEFT JOIN residual AS p ON p.no = k.no
ORDER BY k.no
