-- The columns of a row's table that are kept: what each was taken for, and what was told of the cell. The header as the file has it.
SELECT (c ->> 'col')::integer AS col, c ->> 'header' AS header, c ->> 'field' AS field,
       (SELECT string_agg(f.rule || ' (' || f.severity || ')', ', ' ORDER BY f.rule) FROM quality.finding AS f
        WHERE f.submission_id = h.submission_id AND f.sheet = h.position AND f.row_no = :row AND f.field = c ->> 'field') AS told
FROM intake.sheet AS h, jsonb_array_elements(h.columns) AS c
WHERE h.submission_id = :submission_id AND h.position = :sheet
  AND c ->> 'field' IS NOT NULL AND NOT coalesce((c ->> 'forbidden')::boolean, false)
ORDER BY 1;
